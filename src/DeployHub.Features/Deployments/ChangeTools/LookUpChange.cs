using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>
/// Asks a worker to look the change of a deployment up now, such as after somebody moved it on there. Once in a while for one change, whoever asks: each
/// time a look that is under way counts for nothing.
/// </summary>
/// <param name="Number">Of the deployment.</param>
[Requires(Permission.PlanDeployments)]
public sealed record LookUpChange(string Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<LookUpChange>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<LookUpChange, Result>
    {
        public async ValueTask<Result> Handle(LookUpChange command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;
            if (deployment.Plan.ChangeReference is not { } reference || (await db.ChangeToolsAsync(cancellationToken)).Of(reference) is not { } tool) return ChangeToolErrors.NoChange(command.Number);

            if (!await AskAsync(tool.Id, reference, clock.GetUtcNow(), cancellationToken)) return ChangeToolErrors.JustAsked(reference);

            db.AfterCommit.Add(doorbell.Ring);
            return Result.Success;
        }

        /// <summary>False where somebody asked a moment ago. Of two who ask at once, the second waits for the row and hears that.</summary>
        private async Task<bool> AskAsync(ChangeToolId tool, string number, DateTimeOffset at, CancellationToken cancellationToken) =>
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into change_records (id, tool_id, number, due_at, asked_at, fence) values ({ChangeRecordId.New().Value}, {tool.Value}, {number}, {at}, {at}, 0)
                on conflict (tool_id, number) do update set due_at = excluded.due_at, asked_at = excluded.asked_at, fence = change_records.fence + 1
                where change_records.asked_at is null or change_records.asked_at <= {at - ChangeRecord.AskedEvery}
                """, cancellationToken) > 0;
    }
}
