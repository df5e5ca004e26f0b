from odoo.tests import BaseCase, tagged

from ...tools.home.spelling import SPELLINGS, get_other_spellings, unify_spelling
from ...tools.home.terms import FOLDED_FROM, FOLDED_TO, fold, read_terms


@tagged("post_install", "-at_install")
class TestTerms(BaseCase):
    """What is typed is read as words and phone numbers, whatever their format."""

    def test_accents_and_capitals_do_not_count(self):
        self.assertEqual(fold("ÉLOÏSE Lefèbvre-Cœur"), "eloise lefebvre-coeur")
        self.assertEqual(fold("Éloïse"), "eloise")  # letters and accents apart
        self.assertEqual(len(FOLDED_FROM), len(FOLDED_TO))

    def test_a_phone_number_is_found_in_any_format(self):
        for text in (
            "514 555-0101",
            "(514) 555-0101",
            "514.555.0101",
            "+1 514 555 0101",
            "1-514-555-0101",
            "15145550101",
            "0015145550101",
            "5145550101",
        ):
            with self.subTest(text=text):
                self.assertEqual(read_terms(text, 1).phones, ("5145550101",))
        self.assertEqual(read_terms("06 12 34 56 78", 33).phones, ("612345678",))
        self.assertEqual(read_terms("+33 6 12 34 56 78", 33).phones, ("612345678",))

    def test_words_stand_beside_a_number(self):
        terms = read_terms("Tremblay 555-0101", 1)
        self.assertEqual((terms.words, terms.phones), (("tremblay",), ("5550101",)))

    def test_a_house_number_is_a_word(self):
        self.assertEqual(read_terms("4321 rue St-Denis").words, ("4321", "rue", "st", "denis"))

    def test_one_letter_looks_for_nobody(self):
        self.assertFalse(read_terms(" a "))
        self.assertFalse(read_terms(""))
        self.assertTrue(read_terms("Ng"))

    def test_a_page_of_text_is_cut(self):
        terms = read_terms(" ".join(f"w{number}" for number in range(20000)))
        self.assertEqual(len(terms.words), 12)
        phones = read_terms("514 555-0101 / " * 1000, 1).phones
        self.assertLessEqual(len(phones), 12)
        self.assertFalse(read_terms(["a"]).phones)

    def test_a_word_has_one_spelling(self):
        for typed, spelling in (
            *(("st", "saint"), ("ste", "saint"), ("boul", "boulevard"), ("av", "avenue")),
            *(("1re", "1e"), ("1ere", "1e"), ("1er", "1e"), ("22nd", "22e"), ("denis", "denis")),
            *(("stephane", "stephane"), ("12", "12"), ("saint", "saint"), ("1e", "1e")),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(unify_spelling(typed), spelling)
        for typed, found, not_found in (
            *(("ste", "saint", "steven"), ("boule", "boul", "boulanger"), ("1re", "1ere", "2e")),
            *(("avenue", "av", "ch"), ("bd", "boulevard", "bd")),
        ):
            with self.subTest(typed=typed):
                self.assertIn(found, get_other_spellings(typed))
                self.assertNotIn(not_found, get_other_spellings(typed))
        self.assertFalse(get_other_spellings("denis"))
        self.assertFalse(get_other_spellings("sai"))
        # A form of two words would be one of them only.
        forms = [form for forms in SPELLINGS for form in forms]
        self.assertEqual(len(forms), len(set(forms)))
