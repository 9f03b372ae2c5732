using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>A second person's yes to the publication of a tested version (SOD-5).</summary>
/// <param name="Digest">Of the text that was read; another one is refused.</param>
[Requires(Permission.ApproveModels)]
public sealed record ApproveModelVersion(string Slug, int Number, string Digest) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ApproveModelVersion>
    {
        public Validator() => RuleFor(command => command.Digest).Must(digest => Domain.Digest.Parse(digest).Error is null).WithMessage("Send the digest of the version that you read.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ApproveModelVersion, Result>
    {
        public async ValueTask<Result> Handle(ApproveModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            var approved = version.Value.Approve(Domain.Digest.Parse(command.Digest).Value, caller.Roles.Contains(Role.DeploymentManager), caller.Actor, clock.GetUtcNow());
            return approved.Error is { Kind: ErrorKind.Forbidden } refusal ? await NamingAsync(refusal, version.Value, cancellationToken) : approved;
        }

        /// <summary>A person finds somebody sooner by a name than by a role.</summary>
        private async Task<Error> NamingAsync(Error refusal, ModelVersion version, CancellationToken cancellationToken) =>
            await db.NamesOfSecondPeopleAsync(version, cancellationToken) is { Count: > 0 } names ? refusal with { WhoCould = SecondPeople.InWords(names) } : refusal;
    }
}
