using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>
/// Records a case that two people walked through at the table, where nothing like the real target can be spared. Weaker evidence than a
/// run: another deployment manager has to approve the publication then (domain A3).
/// </summary>
/// <param name="With">Name of the second person.</param>
/// <param name="Notes">What was walked through and what was found.</param>
[Requires(Permission.EditModels)]
public sealed record RehearseAtTable(string Slug, int Number, RehearsalCase Case, bool Passed, string With, string Notes) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RehearseAtTable>
    {
        public Validator()
        {
            RuleFor(command => command.Case).IsInEnum();
            RuleFor(command => command.With).IsName();
            RuleFor(command => command.Notes).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RehearseAtTable, Result>
    {
        public async ValueTask<Result> Handle(RehearseAtTable command, CancellationToken cancellationToken)
        {
            if (string.Equals(command.With.Trim(), caller.Actor.Name, StringComparison.OrdinalIgnoreCase)) return ModelErrors.TableNeedsTwo;

            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            return version.Error is { } unknown
                ? unknown
                : version.Value.Record(new Rehearsal(command.Case, command.Passed, command.Notes.Trim(), version.Value.Digest, caller.Actor, clock.GetUtcNow()) { AtTheTableWith = command.With.Trim() });
        }
    }
}
