"""Words that carry no matter: they are no evidence and are never shown as the words that decided.

They stay features of the model, which weighs them by itself. A table only. Written by hand for this project.
"""

from __future__ import annotations

_HINDI = """
है हैं हो हूं हुआ हुई हुए हुये होता होती होते होना होने था थी थे का की के को से में मे मै मैं पर तक ने और व
एवं या तथा कि जो वह वो ये यह यहां वहां इस उस
इन उन इसे उसे इससे उससे इसका इसकी इसके उसका उसकी उसके इनका उनका उनके उनकी इनके जिस जिसमें जिससे जिसका जिसकी
जिसके जब तब अब तो ही भी ना न नहीं
नही मत मेरा मेरी मेरे मुझे मुझको हम हमें हमारा हमारी हमारे हमको आप आपका आपके आपसे अपना अपनी अपने कोई कुछ कई सब
सभी सारे बहुत बार फिर भी बाद पहले आज
कल अभी कर करके करना करने करता करती करते करें करे किया किये की गया गयी गई गए गये जा जाता जाती जाते जाना जाने
जाय जाये जाए रहा रही रहे दे देता देते दें दिया दी
दिये दिए ले लेकर लिया लिए लिये लिया वाला वाली वाले सकता सकते सकती चाहिए चाहता द्वारा साथ बिना कारण हेतु अतः
कृपया कृपा निवेदन महोदय श्रीमान श्रीमान् जी सर
साहब सेवा विषय प्रार्थी आवेदक शिकायतकर्ता परिवादी सविनय संबंध कैसे क्या क्यों कब कहां कौन कितने एक दो तीन चार
पांच दिन दिनों महीने महीना साल वर्ष माह बोल बोला बोलते
कह कहा कहता कहते कहना बता बताया आ आया आई आये आए आता आती आते लग लगा लगी तरह ओर आदि इत्यादि पास नाम वही यही ऐसा
ऐसे जैसे सिर्फ केवल लेकिन मगर परंतु परन्तु
"""
_ROMAN = """
hai h he hain hi ho hu hua hui hue tha thi the ka ki ke k ko se me mein mai main par pr tak ne aur or ya to
bhi na nahi nhi nai nahin mat mera meri mere mujhe
hum ham hame hamara hamare hamari aap apka apna apne apni koi kuch sab sabhi bahut bhut fir phir baad pehle
aaj kal abhi kar kr karke karna karne karta karte kare
kiya kiye gaya gya gayi gai gaye ja jata jate raha rha rahi rhi rahe rhe de deta dete diya diye le liya liye
wala wale wali sakta sake chahiye kripya sir madam
plz please ye yah wo woh vo is us in un iska uska jo jab tab ab kya kyu kyon kaise kahan ek do teen din dino
mahine mahina saal bol bola bolte kaha kehte kahta
the a an of to and is are was were be been in on at for from by with my i we our he she it his her they them
this that not no has have had will would been sir
"""
STOPWORDS = frozenset((_HINDI + _ROMAN).split())
