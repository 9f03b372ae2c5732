using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Says anew when a window is and why. Where it holds stays: end it and define another one for another scope.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.DefineWindows)]
public sealed record ChangeWindow(string Number, string Name, string Reason, string Owner, RecurrenceInput When, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ChangeWindow>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.Owner).IsName();
            RuleFor(command => command.When).NotNull().WithMessage("Say when it is.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ChangeWindow, Result>
    {
        public async ValueTask<Result> Handle(ChangeWindow command, CancellationToken cancellationToken)
        {
            var found = await db.FindWindowAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalOf(Permission.DefineWindows, found.Value.Scope) is { } refusal) return refusal;

            var when = command.When.Bind();
            return when.Error is { } objection
                ? objection
                : found.Value.Change(command.Name.Trim(), command.Reason.Trim(), command.Owner.Trim(), when.Value, when.Value.Span(), caller.Actor, clock.GetUtcNow());
        }
    }
}
