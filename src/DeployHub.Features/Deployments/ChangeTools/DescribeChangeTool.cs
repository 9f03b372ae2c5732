using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>
/// Says anew where a change tool is and what counts as authorised there. Every change that is known of it is looked up again at once; approvals for
/// which they stand no more are asked for again.
/// </summary>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.ManageSettings)]
public sealed record DescribeChangeTool(string Key, ChangeToolSettings Settings, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeChangeTool>
    {
        public Validator() => RuleFor(command => command.Settings).NotNull().SetValidator(new ChangeToolSettingsRules());
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, TimeProvider clock) : ICommandHandler<DescribeChangeTool, Result>
    {
        public async ValueTask<Result> Handle(DescribeChangeTool command, CancellationToken cancellationToken)
        {
            var found = await db.FindChangeToolAsync(command.Key, command.Seen, cancellationToken);
            if (found.Error is { } missing) return missing;

            var isAlike = command.Settings.SeesAs(found.Value.Settings);
            var described = found.Value.Describe(command.Settings);
            if (described.Error is not null) return described;

            if (!command.Settings.StandsForApprovals) await db.TakeBackApprovalsAsync(found.Value.Id, clock.GetUtcNow(), cancellationToken);
            await db.AskAgainAsync(found.Value.Id, !isAlike, clock.GetUtcNow(), cancellationToken);
            db.AfterCommit.Add(doorbell.Ring);
            return Result.Success;
        }
    }
}
