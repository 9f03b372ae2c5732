using DeployHub.Features.Deployments.Calendar;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Exceptions from freezes that wait for the caller's decision.</summary>
internal static class ExceptionsAsked
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        var asked = await desk.Db.ExceptionsToDecideAsync(desk.Caller, cancellationToken);
        if (asked.Count == 0) return [];

        var ids = asked.Select(exception => exception.Deployment).ToList();
        var found = (await desk.Db.WithRunsAsync(desk.Db.Deployments.Where(deployment => ids.Contains(deployment.Id)), cancellationToken)).ToDictionary(known => known.Deployment.Id);
        return asked.Select(exception => ItemOf(found[exception.Deployment], exception.Number, exception.Sentence));
    }

    private static InboxItem ItemOf(OpenDeployment found, string exception, string sentence) =>
        found.Item(InboxKind.FreezeException, sentence, found.Deployment.Slot?.Start, $"/calendar/exceptions/{exception}") with { Subject = exception, Risk = found.Deployment.Risk };
}
