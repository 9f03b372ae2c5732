using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Tries again, from the beginning, to tell people and systems of what was set aside.</summary>
/// <param name="Happening">Its number.</param>
[Requires(Permission.ManageSettings)]
public sealed record TellAgain(long Happening) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<TellAgain>
    {
        public Validator() => RuleFor(command => command.Happening).GreaterThan(0).WithMessage("Give the number of what was set aside.");
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<TellAgain, Result>
    {
        public async ValueTask<Result> Handle(TellAgain command, CancellationToken cancellationToken)
        {
            DateTimeOffset? at = clock.GetUtcNow();
            var found = await db.Happenings.Where(happening => happening.Number == command.Happening && happening.SetAsideAt != null).ExecuteUpdateAsync( // unread: it may say what cannot be read
                set => set.SetProperty(happening => happening.DueAt, at).SetProperty(happening => happening.Tries, 0).SetProperty(happening => happening.SetAsideAt, (DateTimeOffset?)null), cancellationToken);
            return found == 1 ? Result.Success : Error.NotFound("happening", command.Happening.ToString(CultureInfo.InvariantCulture));
        }
    }
}
