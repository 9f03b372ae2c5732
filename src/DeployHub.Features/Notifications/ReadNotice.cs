using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Opens a notice of one's own. Answers the path of what it is about. Who opens that of a publication has looked at it (domain A6).</summary>
[Requires(Permission.ViewDeployments)]
public sealed record ReadNotice(long Number) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<ReadNotice>
    {
        public Validator() => RuleFor(command => command.Number).GreaterThan(0);
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReadNotice, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(ReadNotice command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            var notice = await db.Notices.SingleOrDefaultAsync(known => known.Number == command.Number && known.Person == person, cancellationToken);
            if (notice is null) return Error.NotFound("notice", $"{command.Number}");

            var at = clock.GetUtcNow();
            if (notice.ReadAt is null) await db.OpenPublicationsAsync([notice.HappeningId], person, at, cancellationToken);
            notice.Read(at);
            return notice.Path;
        }
    }
}
