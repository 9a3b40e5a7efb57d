"""The terminal: `parvaneh …`, the same acts as the service.

Exit status: 0 done, 1 refused or faults found (one line says what), 2 wrong usage, such as a file that is
none of its kind.
"""

import typer

from api.commands import city, drawings, law, people, requests, running
from api.commands.refusals import Acts

app = typer.Typer(
    cls=Acts,
    no_args_is_help=True,
    add_completion=False,
    help="Parvaneh, the electronic urban-planning system.",
)
app.command("import")(city.import_city)
app.command()(city.sample)
app.command()(law.assess)
app.command()(law.subdivide)
app.command()(drawings.drawing)
app.command()(running.serve)
app.command()(running.migrate)
app.command()(running.accounts)

rulebook = typer.Typer(no_args_is_help=True, help="The rule-books.")
rulebook.command("check")(law.check_rulebook)
app.add_typer(rulebook, name="rulebook")

cases = typer.Typer(no_args_is_help=True, help="The requests and their chains of events.")
cases.command("verify")(requests.verify_cases)
app.add_typer(cases, name="cases")

person = typer.Typer(no_args_is_help=True, help="The people: who may log in, with which roles.")
person.command("add")(people.add)
person.command("roles")(people.roles)
person.command("password")(people.password)
person.command("close")(people.close)
person.command("reopen")(people.reopen)
person.command("list")(people.show)
app.add_typer(person, name="person")

if __name__ == "__main__":
    app()
