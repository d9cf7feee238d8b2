"""Failures that a person can do something about. The class docstring is the message; each says what to do next.

What an officer may meet stands in Hindi and English with « / » between. Not here: refusals of rows in citizens' files
(refusals.py), which are values and never stop the rest.
"""

from __future__ import annotations


class NistaranError(Exception):
    """Something went wrong that a person can mend."""

    def __init__(self, detail: str = "") -> None:
        message = " ".join((type(self).__doc__ or "").split())
        super().__init__(f"{message} ({detail})" if detail else message)


class BadSetting(NistaranError):
    """सेटिंग मान्य नहीं है: यहाँ लिखी सेटिंग ठीक करें और दोबारा चलाएँ / A setting cannot be used: correct the one named here and
    start again; .env.example lists them all."""


class BadTable(NistaranError):
    """तालिका में त्रुटि है: बताई गई पंक्ति ठीक करें और `nistaran doctor` चलाएँ / A table of the pack or the district is wrong:
    correct the named row and run `nistaran doctor`."""


class NotReady(NistaranError):
    """डेटाबेस, कुंजी या फ़ोल्डर अभी नहीं बने हैं: `nistaran init` चलाएँ / The house has no database, key or folders yet: run
    `nistaran init`."""


class KeyGone(NistaranError):
    """डेटाबेस में प्रकरण हैं पर कुंजी यहाँ नहीं है: अलग रखी हुई house.key इस फ़ोल्डर में वापस रखें; नयी कुंजी से आवेदकों के नाम नहीं खुलेंगे / The database holds
    cases already and the key is not here: put the house.key that was kept apart into this folder. A new key would open nobody's name."""


class ObjectExists(NistaranError):
    """इस नाम की मूल फ़ाइल पहले से सुरक्षित है और बदली नहीं जाती: नई फ़ाइल अपने नाम से रखें / An object of this name is already
    kept and objects are never overwritten: keep the new one under its own name."""


class ObjectDamaged(NistaranError):
    """सुरक्षित रखी मूल फ़ाइल बदल गई है: बैकअप से लौटाएँ और `nistaran verify` चलाएँ / A kept object does not equal its hash:
    restore it from the backup and run `nistaran verify`."""


class ObjectMissing(NistaranError):
    """सुरक्षित रखी मूल फ़ाइल नहीं मिली: बैकअप से लौटाएँ और `nistaran verify` चलाएँ / A kept object is not in the store: restore
    it from the backup and run `nistaran verify`."""


class LedgerBroken(NistaranError):
    """घटना-बही में छेड़छाड़ हुई है: काम रोकें, डेटाबेस फ़ाइल साक्ष्य के रूप में सुरक्षित रखें और अन्तिम सही बैकअप लौटाएँ / The event
    ledger was altered: stop work, keep the database file as evidence and restore the last good backup."""


class StaleClaim(NistaranError):
    """Another worker took this piece of work over while this one was paused: nothing to do, it goes on there."""


class UnknownCase(NistaranError):
    """इस संख्या का कोई प्रकरण नहीं है: `nistaran export cases.csv` की सूची से संख्या जाँचें / There is no case of this number:
    check the number with `nistaran export cases.csv`."""


class UnknownRefusal(NistaranError):
    """इस क्रमांक की कोई खुली अस्वीकृत पंक्ति नहीं है, या एक से अधिक हैं: `nistaran rejected` से पूरा क्रमांक देखें / No open refusal
    has this id, or several begin so: look it up with `nistaran rejected`."""


class UntrustedModel(NistaranError):
    """विभाग-मॉडल की फ़ाइलें प्रमाणित नहीं हैं, इसलिए मॉडल नहीं खोला गया: दोबारा स्थापित करें या `make train` चलाएँ / The model's
    files do not equal the hashes in their manifest: reinstall them or run `make train`; none was loaded."""


class WorldAway(NistaranError):
    """डेटाबेस, फ़ाइल-भण्डार या मेल सर्वर उत्तर नहीं दे रहा: कुछ देर बाद फिर चलाएँ, कुछ नहीं खोया / The database, object store or
    mail server does not answer: the step may be tried again later, nothing was lost."""


class OfficeAway(WorldAway):
    """यह कार्यालय अभी सूचना नहीं ले पा रहा (डाक-पेटी भरी है, या उसका फ़ोल्डर नहीं बनता): कारण दूर करें; अन्य कार्यालयों को भेजना जारी है /
    This one office can take nothing now (its mailbox is full, or its folder cannot be made): mend that; it is tried again
    later, and the others are not kept waiting."""


class StorageFull(NistaranError):
    """डिस्क या डेटाबेस भर गया है: स्थान खाली करें और फिर चलाएँ; जो स्वीकार हो चुका वह सुरक्षित है / The disk or the database is full:
    make room and start the step again; what was acknowledged is kept."""


class RowRefused(NistaranError):
    """डेटाबेस ने नियम तोड़ने वाली पंक्ति नहीं ली: इस खेप का कुछ नहीं रखा गया; नियम का नाम तकनीकी सहायक को बताएँ / The database
    refused a row that breaks one of its rules: nothing of this batch was kept; report the rule's name."""
