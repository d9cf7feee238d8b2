"""Cells that are not KrutiDev, and Hindi to be keyed in KrutiDev, written for measuring detection.

None of these lines was used to learn the weights of krutidev_signs.py.
"""

from __future__ import annotations

ENGLISH = """
Water supply has been stopped for three days|Kindly repair the road near primary school|Transformer burnt since Monday
Street lights are not working in our colony|No action taken on my earlier complaint|Request for mutation of land
Illegal possession over gram sabha land|Ration dealer gives less quantity|Old age pension not credited in bank account
Drainage is choked and dirty water enters houses|FIR is not being registered by the police|Wrong electricity bill received
Teacher does not come to school regularly|Hand pump is out of order|Canal water does not reach the tail
Disposed|Pending|Under process|Forwarded to SDM|Closed by officer|Reopened|Special close|Not related|High priority|Urgent
Executive Engineer|District Supply Officer|Chief Development Officer|Assistant Engineer|Tehsildar Sadar|SHO Kotwali
Revenue|Police|Electricity|Health|Education|Panchayati Raj|Agriculture|Irrigation|Forest|Labour|Transport|Mining
Mobile App|Walk in|Call Centre|Online|Jan Sunwai|CM Office|VIP Cell|PG Portal|CSC|Tehsil Diwas|Samadhan Diwas|Letter
ok|yes|no|test|abc|xyz|asdf|qwerty|hjkl|sdfghjk|dkdk|ffff|kkkk|lll|hmm|pls help|plz do needful|thanks
Plot No. 12-A|House No 45/7 Gali 3|Ward-12|Khasra 129/2|Gata no 429 M|Near SBI ATM|PIN 272207|NH-28 km 14|Sector 5/B
UP53AB1234|RJ19 CA 4521|40019923001789|GOVUP/E/2024/0012345|KYC/DBT|JE(E)|AEn(O&M)|33/11 kV|63 kVA|100 kVA DTR|LT line
abc.def@gmail.com|https://jansunwai.up.nic.in|www.example.org/a?b=c|C/O R.K. Singh|S/O D.P. Yadav|M/s K K Traders|A.K. Jha
Ksh. Nagendra|Ng Lokho|Dr. Kr. S. Rjput|Smt. K. Devi|Ms. Sjx|Mr. Fakhruddin|JKLF|BKU (T)|SKS Gds|KGBV|PHC/CHC|DDUGJY|KUSUM-C
"""

ROMAN = """
Sir mere gaon me 10 din se light nahi aa rahi hai|rasan card me unit add nahi ho rha|pradhan ne awas ke liye 20000 rupye mange
nali jam hai|pani ki tanki kharab hai|lekhpal paise mang raha hai|thane me report nahi likhi gayi|pension nhi aa rhi
khet par kabja kar liya hai|sadak tuti hui hai|bijli ka bill jyada aaya|kotedar rashan kam deta hai|school me mdm nhi banta
safai karmi nahi aata|handpump kharab h|jamin ki paimaish karwa do|aawas nahi mila|chakroad par kabza|naali ki safai
mujhe nyay dilaya jaye|krapya samasya ka samadhan kare|bhains chori ho gayi|pati marpit karta hai|jan se marne ki dhamki
Ram Lakhan|Shiv Shankar Tiwari|Mohd. Irfan|Guddi Devi|Kripa Shankar Pandey|Jhinku|Ghurhu Prasad|Chhedi Lal|Bhikhari|Lalta
Naugarh|Bansi|Itwa|Domariyaganj|Shohratgarh|Lotan|Birdpur|Usaka Bazar|Jogiya|Bhanwapur|Khuniyaon|Barhni|Mithwal|Khesraha
Jodhpur|Luni|Osian|Bilara|Pipar City|Phalodi|Lohawat|Shergarh|Balesar|Mandor|Bap|Tinwari|Dechu|Sekhala|Bhopalgarh|Baori
k k sharma|r k gupta|d k singh|j p yadav|s n ojha|g l meena|h s rathore|kb aayega|kha hai|jldi kro|smsya h|koi sunta nhi
"""

HINDI = """
ग्राम पंचायत में नाली की सफाई नहीं होती|हैण्डपम्प खराब है|राशन कार्ड में नाम जोड़ने हेतु|वृद्धावस्था पेंशन नहीं मिल रही|ट्रांसफार्मर जला है
लेखपाल पैसा मांगता है|चकरोड पर अवैध कब्जा|पुलिस रिपोर्ट नहीं लिख रही|प्रधानमंत्री आवास नहीं मिला|सड़क टूटी हुई है|बिजली का बिल गलत आया
विद्यालय में अध्यापक नहीं आते|नहर में पानी नहीं आया|कोटेदार कम राशन देता है|जान से मारने की धमकी|खतौनी में नाम दर्ज नहीं|पेयजल की समस्या
सेवा में श्रीमान जिलाधिकारी महोदय|अतः निवेदन है कि कार्यवाही करें|मकान गिर गया है मुआवजा दिलाया जाए|छात्रवृत्ति नहीं आई|गाली गलौज एवं मारपीट
राम प्रसाद यादव|सुनीता देवी|मोहम्मद शकील|शिव कुमार वर्मा|कृष्ण मुरारी त्रिपाठी|लक्ष्मी नारायण|फूलमती|अब्दुल रहमान|श्याम सुन्दर|राजेश कुमार श्रीवास्तव
सिद्धार्थनगर|नौगढ़|डुमरियागंज|शोहरतगढ़|इटवा|बांसी|बर्डपुर|जोगिया|मिठवल|खेसरहा|लोटन|उसका बाजार|बढ़नी|भनवापुर|खुनियांव
उप जिलाधिकारी नौगढ़|खण्ड विकास अधिकारी|थानाध्यक्ष कोतवाली|अधिशासी अभियन्ता विद्युत|जिला पूर्ति अधिकारी|मुख्य चिकित्सा अधिकारी|नगर पालिका परिषद्
"""


def cells(block: str) -> list[str]:
    """The cells of one of the lists."""
    return [cell for line in block.split("\n") for cell in line.split("|") if cell]
