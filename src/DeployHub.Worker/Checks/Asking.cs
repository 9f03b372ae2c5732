using DeployHub.Domain.Models;

namespace DeployHub.Worker.Checks;

/// <summary>Asks again and again, until nothing is wrong or the time is over.</summary>
/// <param name="Asked">How often.</param>
/// <param name="Objection">What was wrong the last time; null when nothing was.</param>
internal sealed record Asking(int Asked, string? Objection)
{
    public static async Task<Asking> UntilGoodAsync(TimeProvider clock, string within, TimeSpan every, Func<int, Task<string?>> ask, CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() + Duration.Of(within);
        for (var asked = 1; ; asked++)
        {
            var objection = await ask(asked);
            if (objection is null || clock.GetUtcNow() >= end) return new Asking(asked, objection);

            await Task.Delay(every, clock, cancellationToken);
        }
    }
}
