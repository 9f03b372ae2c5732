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

/// <summary>Makes one's calendar addresses worthless, at once, without new ones.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record EndCalendarFeed : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndCalendarFeed>;

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<EndCalendarFeed, Result>
    {
        public async ValueTask<Result> Handle(EndCalendarFeed command, CancellationToken cancellationToken) =>
            await db.CalendarFeeds.SingleOrDefaultAsync(known => known.Holder == caller.Actor.Id, cancellationToken) is { } feed ? feed.End() : FeedErrors.NoFeed;
    }
}
