using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>
/// Defines when deployment to a scope is permitted, once or again and again. Production is closed until it has one; any other environment is always
/// open until a window names it. Answers its number.
/// </summary>
/// <param name="Reason">What it is for.</param>
/// <param name="Owner">Whom to ask about it.</param>
[Requires(Permission.DefineWindows)]
public sealed record DefineWindow(string Name, string Reason, string Owner, ScopeInput Scope, RecurrenceInput When) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<DefineWindow>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.Owner).IsName();
            RuleFor(command => command.Scope).NotNull().WithMessage("Say where it holds.");
            RuleFor(command => command.When).NotNull().WithMessage("Say when it is.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DefineWindow, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(DefineWindow command, CancellationToken cancellationToken)
        {
            var scope = await command.Scope.BindAsync(db, cancellationToken);
            if (scope.Error is { } unknown) return unknown;
            if (caller.RefusalOf(Permission.DefineWindows, scope.Value) is { } refusal) return refusal;

            var when = command.When.Bind();
            if (when.Error is { } objection) return objection;

            var at = clock.GetUtcNow();
            var window = Window.Define(
                await db.NextNumberAsync("WIN", at, cancellationToken), command.Name.Trim(), command.Reason.Trim(), command.Owner.Trim(), scope.Value, when.Value, when.Value.Span(), caller.Actor, at);
            db.Windows.Add(window);
            return window.Number;
        }
    }
}
