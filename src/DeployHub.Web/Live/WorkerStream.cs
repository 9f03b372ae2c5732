using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DeployHub.Domain.Access;
using DeployHub.Features.Workers;
using Mediator;

namespace DeployHub.Web.Live;

/// <summary>
/// The live page of workers as server-sent events: <c>state</c> says that its fragment should be read again. Falling silent is no event
/// anybody could tell, so the registry is looked at, and the browser hears only of what changed.
/// </summary>
internal static class WorkerStream
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private const int LooksPerBeat = 10;

    public static void MapLiveWorkers(this WebApplication app) =>
        app.MapGet("/live/workers", (ISender sender, CancellationToken cancellationToken) => TypedResults.ServerSentEvents(ReadAsync(sender, cancellationToken)))
            .RequireAuthorization(nameof(Permission.ViewDeployments)).ExcludeFromDescription();

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(ISender sender, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = "";
        using var timer = new PeriodicTimer(LookEvery);
        for (var looks = 0; ; looks++)
        {
            var now = Shown(await sender.Send(new ListWorkers(), cancellationToken));
            if (now != shown) yield return new SseItem<string>("", "state");
            else if (looks % LooksPerBeat == 0) yield return new SseItem<string>("", "beat");

            shown = now;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>What the page shows, without the moments that each heartbeat moves.</summary>
    private static string Shown(IReadOnlyList<ListWorkers.Row> workers) => string.Join('\n', workers.Select(worker =>
        $"{worker.Name} {worker.State} {worker.HandsInUse} {worker.StartedAt:O} {worker.DrainingSince:O} {string.Join(',', worker.Holds.Select(held => $"{held.Run} {held.Stage} {held.Subject}"))}"));
}
