"""One round for each scheme of before, with every revision of its response and their results.

The contents of results are compressed, and stay what they were to the last figure: their hash is
that of the canonical JSON, as before. Stored PDFs go: each is printed again from its result.
"""

import json
import zlib
from collections import defaultdict

from django.conf import settings
from django.db import migrations

BATCH = 200
"""So many schemes, or results, are in memory at once: a result is 19 kB of JSON."""
FIELDS = ('country', 'region', 'stage', 'programmes', 'arrangement', 'intention', 'stronger')


def fill(apps, schema_editor):
    apps.get_model('assessment', 'ReportFile').objects.all().delete()
    languages = languages_by_edition(apps)
    for schemes in batches(apps.get_model('assessment', 'Scheme').objects):
        move_responses(apps, schema_editor, languages, schemes)
    for results in batches(apps.get_model('assessment', 'Result').objects.only('pk', 'content')):
        compress(apps, schema_editor, results)
    results = apps.get_model('assessment', 'Result').objects
    for result in results.filter(round=None).defer('content', 'content_zlib'):
        adopt(apps, languages, result)


def batches(rows):
    """By key, each batch a query of its own: the rows are written while they are read."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by('pk')[:BATCH]):
        yield found
        last = found[-1].pk


def languages_by_edition(apps):
    found = {edition.pk: [edition.language] for edition in apps.get_model('assessment', 'Edition').objects.all()}
    rows = apps.get_model('assessment', 'EditionLanguage').objects.order_by('language')
    for edition, language in rows.values_list('edition_id', 'language'):
        found[edition].append(language)
    return found


def update_rows(schema_editor, model, names, rows):
    """Each row holds the values of `names` and its key; the ORM's bulk update takes ten times as long."""
    quote = schema_editor.connection.ops.quote_name
    columns = ', '.join(f'{quote(model._meta.get_field(name).column)} = %s' for name in names)
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(f'UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s', rows)


def move_responses(apps, schema_editor, languages, schemes):
    Response = apps.get_model('assessment', 'Response')
    Result = apps.get_model('assessment', 'Result')
    Round = apps.get_model('assessment', 'Round')
    programmes = programmes_of(apps, schemes)
    profiles = profiles_of(apps, schemes)
    chains = [
        (scheme, chain)
        for scheme, responses in responses_of(Response, schemes)
        for chain in revisions(responses)
    ]
    rounds = Round.objects.bulk_create(
        round_of(Round, scheme, chain, programmes[scheme.pk], profiles.get(chain[-1].result_id), languages)
        for scheme, chain in chains
    )
    pairs = [(made.pk, response) for made, (_scheme, chain) in zip(rounds, chains, strict=True) for response in chain]
    update_rows(schema_editor, Response, ['round'], [(made, response.pk) for made, response in pairs])
    judged = [(made, 'own', response.result_id) for made, response in pairs if response.result_id is not None]
    update_rows(schema_editor, Result, ['round', 'kind'], judged)


def responses_of(Response, schemes):
    """By scheme in the order of their keys, which is the one they were made in."""
    found = defaultdict(list)
    for response in Response.objects.filter(scheme__in=schemes).order_by('pk'):
        found[response.scheme_id].append(response)
    return [(scheme, found[scheme.pk]) for scheme in schemes]


def revisions(responses):
    """Each response with all its revisions, the newest last; a scheme has one of them."""
    chain_of = {}
    for response in responses:
        chain = chain_of.get(response.supersedes_id, [])
        chain.append(response)
        chain_of[response.pk] = chain
    return list({id(chain): chain for chain in chain_of.values()}.values())


def programmes_of(apps, schemes):
    found = defaultdict(list)
    rows = apps.get_model('assessment', 'Programme').objects.filter(scheme__in=schemes)
    for row in rows.order_by('position', 'pk'):
        found[row.scheme_id].append({'name': row.name, 'institution': row.institution, 'sector': row.sector})
    return found


def profiles_of(apps, schemes):
    """By result the facts it was judged from: a scheme's columns may have been changed since."""
    rows = apps.get_model('assessment', 'Result').objects.filter(response__scheme__in=schemes)
    return {pk: content['profile'] for pk, content in rows.values_list('pk', 'content')}


def round_of(Round, scheme, chain, programmes, judged_profile, languages):
    first, newest = chain[0], chain[-1]
    closed = newest.result_id is not None
    profile = judged_profile if closed else profile_of(scheme)
    return Round(
        scheme=scheme,
        edition_id=newest.edition_id,
        profile={field: profile[field] for field in FIELDS if field in profile},
        time_zone=settings.TIME_ZONE,
        languages=languages[newest.edition_id],
        state='closed' if closed else 'open',
        alone=True,
        demo=newest.demo,
        scheme_name=scheme.name if closed else '',
        programmes=programmes if closed else [],
        created_at=first.created_at,
        opened_at=first.created_at,
        closed_at=newest.submitted_at,
        result_id=newest.result_id,
    )


def profile_of(scheme):
    known = {field: getattr(scheme, field) for field in FIELDS}
    return {field: value for field, value in known.items() if value not in ('', None)}


def compress(apps, schema_editor, results):
    ResultCode = apps.get_model('assessment', 'ResultCode')
    texts = [json.dumps(result.content, ensure_ascii=False, separators=(',', ':')) for result in results]
    rows = [(zlib.compress(text.encode()), result.pk) for text, result in zip(texts, results, strict=True)]
    update_rows(schema_editor, type(results[0]), ['content_zlib'], rows)
    ResultCode.objects.bulk_create(
        ResultCode(result=result, type='rule', code=code)
        for result in results
        for code, verdict in result.content['rules'].items()
        if verdict is True
    )


def adopt(apps, languages, result):
    """A result whose response was deleted: the scheme and the round are made for it."""
    content = apps.get_model('assessment', 'Result').objects.values_list('content', flat=True).get(pk=result.pk)
    profile = content['profile']
    scheme = apps.get_model('assessment', 'Scheme').objects.create(
        created_at=result.created_at, **{field: profile[field] for field in FIELDS if field in profile}
    )
    result.round = apps.get_model('assessment', 'Round').objects.create(
        scheme=scheme,
        edition_id=result.edition_id,
        profile=profile,
        time_zone=settings.TIME_ZONE,
        languages=languages[result.edition_id],
        state='closed',
        alone=True,
        created_at=result.created_at,
        opened_at=result.created_at,
        closed_at=result.created_at,
        result=result,
    )
    result.kind = 'own'
    result.save(update_fields=['round', 'kind'])


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0008_rounds'),
    ]

    operations = [
        migrations.RunPython(fill),
    ]
