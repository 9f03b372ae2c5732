using System.Diagnostics;
using System.Globalization;

namespace DeployHub.Cli.Models;

/// <summary>Tells what happens in a run, line by line, until it is over.</summary>
internal sealed class Watch(Session session, string run)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private int _heard;
    private string? _said;

    /// <param name="haltIsTheEnd">Nothing that comes after a halt could make it pass.</param>
    /// <returns>How it stood at the end, or when the time was up.</returns>
    public async Task<Run> ToTheEndAsync(TimeSpan atMost, bool haltIsTheEnd)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(Pause, session.Interrupted))
        {
            var now = await LookAsync();
            await HearAsync();
            SayWhatItWaitsFor(now);
            if (now.EndedAt is not null || (haltIsTheEnd && now.Status == "Halted") || watch.Elapsed >= atMost) return now;
        }
    }

    private async Task<Run> LookAsync() => (await session.Hub.ReadAsync($"deployments/{run.Split('/')[0]}")).As<Deployment>().Runs.Single(known => known.Name == run);

    private async Task HearAsync()
    {
        foreach (var happened in (await session.Hub.ReadAsync($"{Addresses.OfRun(run)}/events?after={_heard}")).As<IReadOnlyList<Event>>())
        {
            _heard = happened.Number;
            if (happened.Text.Length > 0) session.Screen.Note($"{happened.At.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {happened.Text}");
        }
    }

    private void SayWhatItWaitsFor(Run now)
    {
        var waits = now.HaltSentence is { } halt ? $"Halted: {halt} Somebody decides at {session.Hub.Server}{Addresses.OfRun(run)}" : now.WaitingSentence;
        if (waits is not null && waits != _said) session.Screen.Note(waits);
        _said = waits;
    }

    private sealed record Deployment(IReadOnlyList<Run> Runs);

    internal sealed record Run(string Name, string Status, string? WaitingSentence, string? HaltSentence, DateTimeOffset? EndedAt);

    private sealed record Event(int Number, DateTimeOffset At, string Text);
}
