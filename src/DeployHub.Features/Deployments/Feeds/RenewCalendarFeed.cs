using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Feeds;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Feeds;

/// <summary>Makes the secret part of one's calendar addresses, or makes it anew: those from before open nothing any more. Answers it, which is shown this once.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record RenewCalendarFeed : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RenewCalendarFeed>;

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RenewCalendarFeed, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RenewCalendarFeed command, CancellationToken cancellationToken)
        {
            var (token, at) = (Secret.New(CalendarFeed.Prefix), clock.GetUtcNow());
            if (caller.Actor.Kind is ActorKind.Person) await db.LockPersonAsync(Guid.Parse(caller.Actor.Id), cancellationToken); // so that two at once make one
            if (await db.CalendarFeeds.SingleOrDefaultAsync(known => known.Holder == caller.Actor.Id, cancellationToken) is { } feed)
                return feed.Renew(token, caller.Actor, at).Error is { } no ? no : token;

            var created = CalendarFeed.Create(token, caller.Actor, at);
            if (created.Error is { } refusal) return refusal;

            db.CalendarFeeds.Add(created.Value);
            return token;
        }
    }
}
