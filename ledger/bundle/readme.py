"""The page that lies in a bundle, in the three languages: what it is, and how to check it."""

README = """\
JISR: A BUNDLE OF THE LEDGER
============================

English
-------
This file holds events of a Jisr ledger, as they are stored, and the proofs that they are. What is
personal in them is encrypted; the keys stay in the house.

Check it:  python verify.py BUNDLE.tar        (Python 3.11 and the library `cryptography`)

Two things make the check worth more: the public key, had from elsewhere (--key), and an earlier
checkpoint, kept outside the house (--checkpoint). Read verify.py first: it is one file. A copy of it
that came another way is better than the one in here. It says what it checked, and what it could not.

Français
--------
Ce fichier contient des évènements d’un registre Jisr, tels qu’ils sont conservés, et les preuves
qu’ils le sont. Ce qui est personnel y est chiffré\u202f; les clés restent dans la maison.

Pour vérifier\u202f:  python verify.py BUNDLE.tar        (Python 3.11 et la bibliothèque `cryptography`)

Deux choses donnent plus de valeur à la vérification\u202f: la clé publique, obtenue ailleurs (--key), et un
point de contrôle antérieur, gardé hors de la maison (--checkpoint). Lire d’abord verify.py\u202f: un seul
fichier. Une copie venue par un autre chemin vaut mieux que celle d’ici. Ce qui a été vérifié est dit, et
ce qui n’a pas pu l’être aussi.

العربية
-------
يضم هذا الملف أحداثا من سجل «جسر» كما هي محفوظة، مع البراهين على ذلك. ما هو شخصي فيها مشفر، والمفاتيح تبقى
لدى المؤسسة.

التحقق:  python verify.py BUNDLE.tar        (يلزم Python 3.11 ومكتبة cryptography)

أمران يزيدان قيمة التحقق: المفتاح العمومي من مصدر آخر (--key)، ونقطة مراقبة سابقة محفوظة خارج المؤسسة
(--checkpoint). تنبغي قراءة verify.py أولا، وهو ملف واحد. نسخة منه وصلت من طريق آخر أفضل من هذه. يذكر ما تم
التحقق منه وما تعذر.
"""
