"""Words whose place no correction can give to another word, by language and without accents.

They stand here and not in an edition: a correction must not be able to change its own rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

PROTECTED: Mapping[str, str] = {
    "en": """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
hundreds thousand thousands million millions billion half halves third thirds quarter quarters
dozen first second fourth fifth sixth seventh eighth ninth tenth once twice thrice double triple
both always never often rarely seldom sometimes usually mostly regularly occasionally frequently
daily weekly monthly quarterly yearly annual annually hourly every each permanently temporarily no
not nor neither none nothing nobody nowhere without cannot hardly barely except unless all any some
few many most only seconds minute minutes hour hours day days week weeks month months year years
decade decades january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday
""",
    "es": """
cero uno una un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos mil miles
millon millones medio media mitad tercio tercios cuarto cuartos docena primero primera segundo
segunda tercero tercera quinto sexto septimo octavo noveno decimo vez veces doble triple ambos
ambas siempre nunca jamas frecuentemente raramente rara habitualmente normalmente regularmente
ocasionalmente diario diaria diariamente semanal mensual trimestral anual anualmente cada no ni sin
tampoco ningun ninguno ninguna nada nadie excepto salvo todo toda todos todas algun alguno alguna
algunos algunas poco poca pocos pocas mucho mucha muchos muchas solo solamente segundos minuto
minutos hora horas dia dias semana semanas mes meses trimestre trimestres ano anos decada decadas
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes
martes miercoles jueves viernes sabado domingo
""",
    "fr": """
zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
vingt trente quarante cinquante soixante cent cents mille million millions demi demie moitie tiers
quart quarts douzaine premier premiere deuxieme second seconde troisieme quatrieme cinquieme fois
double triple toujours jamais souvent rarement parfois habituellement regulierement
occasionnellement frequemment quotidien quotidienne hebdomadaire mensuel mensuelle trimestriel
trimestrielle annuel annuelle chaque ne non ni pas sans aucun aucune rien personne sauf excepte
tout toute tous toutes quelques peu beaucoup seul seulement secondes minute minutes heure heures
jour jours semaine semaines mois trimestre an ans annee annees decennie janvier fevrier mars avril
mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi
samedi dimanche
""",
    "pt": """
zero um uma dois duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze
vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento mil milhao milhoes meio
meia metade terco tercos quarto quartos duzia primeiro primeira segundo segunda terceiro terceira
quinto sexto vez vezes dobro triplo ambos ambas sempre nunca jamais frequentemente raramente
habitualmente normalmente regularmente ocasionalmente diario diaria diariamente semanal mensal
trimestral anual anualmente cada nao nem sem tampouco nenhum nenhuma nada ninguem exceto salvo todo
toda todos todas algum alguma alguns algumas pouco pouca poucos poucas muito muita muitos muitas
somente apenas segundos minuto minutos hora horas dia dias semana semanas mes meses trimestre ano
anos decada decadas janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro
dezembro terca quarta quinta sexta sabado domingo
""",
}
"""Numbers, how often, how much, negations, times, months and days: they stay, letter by letter."""

CONFUSABLE: Mapping[str, str] = {
    "en": """
must might can could shall should will would need needs more less least fewer much enough several
again above below before after under over within until since during between against up down in out
on off low lower lowest high higher highest minimum maximum increase increases decrease decreases
include includes exclude excludes import imports export exports internal external inside outside
majority minority formal informal same better worse former latter he she his her him they them we
us you i it its who whom whose which this that these those a an the and or if but of at to from for
by with as is are was were be been has have had do does did so too than then there here how why
what when where
""",
    "es": """
debe deben debera puede pueden podra podria mas menos bastante sobre bajo antes despues hasta desde
dentro durante entre contra en fuera baja alto alta minimo maximo aumento aumenta disminuye incluye
excluye incluir excluir interno interna externo externa mayoria minoria formal informal mismo misma
mejor peor si el ella la los las lo le les se su sus que quien cual este esta estos estas ese esa
eso y e o u pero de del al a por para con como es son era ser fue ha han hay muy asi donde cuando
""",
    "fr": """
doit doivent devrait peut peuvent pourrait plus moins assez plusieurs sur sous avant apres dessus
dessous jusque depuis dans pendant entre contre hors bas basse haut haute minimum maximum hausse
baisse inclut exclut inclure exclure interne externe majorite minorite formel informel meme
meilleur pire si le la les l des du de d au aux et ou mais par pour avec comme est sont etait etre
a ont il elle ils elles son sa ses leur leurs ce cet cette ces qui que dont quand comment
""",
    "pt": """
deve devem devera pode podem podera poderia mais menos bastante sobre sob antes depois ate desde
dentro durante entre contra em fora baixo baixa alto alta minimo maximo aumento aumenta diminui
inclui exclui incluir excluir interno interna externo externa maioria minoria formal informal mesmo
mesma melhor pior se so o a os as de da do das dos na no nas nos ao aos e ou mas por para com como
ele ela eles elas seu sua seus suas que quem qual este esta esse essa isto foi sao era ser ha tem
""",
}
"""Other short or opposite words: the one is no typing error for the other."""

PREFIXES = (
    "un",
    "in",
    "im",
    "il",
    "ir",
    "non",
    "dis",
    "de",
    "des",
    "mis",
    "anti",
    "contra",
    "ex",
    "sub",
    "over",
    "under",
    "pre",
    "re",
)
"""Before a word they turn its meaning round: formal, informal."""


@cache
def protected_words(language: str) -> frozenset[str]:
    """Kept by language, of which a site offers a few: the lists are part of the program."""
    return _words(PROTECTED, language)


@cache
def confusable_words(language: str) -> frozenset[str]:
    """The same, with the protected words."""
    return _words(CONFUSABLE, language) | protected_words(language)


def _words(lists: Mapping[str, str], language: str) -> frozenset[str]:
    """Of a language that has no list those of every list."""
    base = language.partition("-")[0]
    texts = [lists[base]] if base in lists else lists.values()
    return frozenset(word for text in texts for word in text.split())
