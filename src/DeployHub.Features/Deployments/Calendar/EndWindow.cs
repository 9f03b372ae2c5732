using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Ends a window: it opens nothing from now on. It stays for the records.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.DefineWindows)]
public sealed record EndWindow(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndWindow>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndWindow, Result>
    {
        public async ValueTask<Result> Handle(EndWindow command, CancellationToken cancellationToken)
        {
            var found = await db.FindWindowAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } missing) return missing;

            return caller.RefusalOf(Permission.DefineWindows, found.Value.Scope) is { } refusal ? refusal : found.Value.End(command.Reason.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
