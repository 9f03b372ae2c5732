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
/// Asks a worker to look one change up now, whether a plan names it or not, and as seldom as <see cref="LookUpChange"/> does. What the tool answers
/// stands with it a moment later.
/// </summary>
/// <param name="Number">As the tool calls it, such as <c>CHG0031234</c>.</param>
[Requires(Permission.ManageSettings)]
public sealed record TryChangeTool(string Key, string Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<TryChangeTool>
    {
        public Validator() => RuleFor(command => command.Number).Must(PlanInputValidator.IsReference).WithMessage("Name a change as its tool does, such as CHG0031234 or OPS-42.");
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, TimeProvider clock) : ICommandHandler<TryChangeTool, Result>
    {
        public async ValueTask<Result> Handle(TryChangeTool command, CancellationToken cancellationToken)
        {
            var found = await db.FindChangeToolAsync(command.Key, null, cancellationToken);
            if (found.Error is { } missing) return missing;

            var (tool, number) = (found.Value, command.Number.Trim());
            if (!tool.Settings.Claims(number)) return ChangeToolErrors.NotItsReference(number, tool.Settings.Name, tool.Settings.Pattern);

            if (!await db.AskForPersonAsync(tool.Id, number, clock.GetUtcNow(), cancellationToken)) return ChangeToolErrors.JustAsked(number);

            db.AfterCommit.Add(doorbell.Ring);
            return Result.Success;
        }
    }
}
