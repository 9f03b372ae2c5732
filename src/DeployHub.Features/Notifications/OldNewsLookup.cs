using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Whether what a message to a person asks for is still to be done when it is about to be sent.</summary>
public static class OldNewsLookup
{
    /// <summary>A whole sentence, or null where it is still to be sent.</summary>
    /// <param name="subject">What the message is about: the number of a deployment, or the name of a run.</param>
    public static async Task<string?> WhyOldNewsAsync(this DeployHubDb db, string type, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var number = subject.Contains('/') ? subject[..subject.LastIndexOf('/')] : subject;
        var deployment = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == number, cancellationToken);
        if (deployment is null) return null;

        var because = number == subject
            ? OldNews.Because(type, deployment, at)
            : OldNews.Because(type, await db.Runs.Where(known => known.DeploymentId == deployment.Id && known.Name == subject).Select(known => known.Status).SingleAsync(cancellationToken));
        return because is null ? null : $"Not sent: {because}.";
    }
}
