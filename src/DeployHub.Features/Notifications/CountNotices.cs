using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>How much the caller was told and has not opened; 100 stands for that many and more.</summary>
public sealed record CountNotices : IQuery<int>
{
    public const int Most = 100;

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<CountNotices, int>
    {
        public async ValueTask<int> Handle(CountNotices query, CancellationToken cancellationToken) =>
            caller.PersonId() is { } person && caller.May(Permission.ViewDeployments)
                ? await db.Notices.Where(notice => notice.Person == person && notice.ReadAt == null).OrderByDescending(notice => notice.Number).Take(Most).CountAsync(cancellationToken)
                : 0;
    }
}
