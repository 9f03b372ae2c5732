using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Lets a suspended model version be used again. Refused to whoever suspended it.</summary>
[Requires(Permission.PublishModels, To = "resume models")]
public sealed record ResumeModelVersion(string Slug, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResumeModelVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ResumeModelVersion, Result>
    {
        public async ValueTask<Result> Handle(ResumeModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.Resume(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
