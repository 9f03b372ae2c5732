using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckCapacityVerifier(OnTarget target) : StepExecutor<CheckCapacity>
{
    private const int LongestReason = 900;

    protected override async Task<StepOutcome> ExecuteAsync(CheckCapacity settings, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            var isRead = settings is not { MinimumMemoryMiB: null, MinimumCpus: null, GreatestLoad: null };
            var said = isRead ? await target.RunAsync(HostCapacity.Question, context, cancellationToken, isLogged: false) : null;
            if (isRead && said is null && settings.Declared is not { Count: > 0 }) return PeopleOnly.Outcome("Capacity");

            var needs = (settings.Declared ?? []).Select(Declared).ToList();
            if (isRead) needs.InsertRange(0, Read(settings, said is null ? new HostCapacity(null, null, null) : HostCapacity.Parse(said.Lines)));
            return Outcome(needs, context);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private static IEnumerable<Need> Read(CheckCapacity settings, HostCapacity has)
    {
        if (settings.MinimumMemoryMiB is { } memory) yield return Need.AtLeast("Memory MiB", has.MemoryMiB, memory);
        if (settings.MinimumCpus is { } cpus) yield return Need.AtLeast("Processors", has.Cpus, cpus);
        if (settings.GreatestLoad is { } load) yield return Need.AtMost("Load per processor", has.Load / has.Cpus, Number(load));
    }

    private static Need Declared(DeclaredCapacity declared) => Need.AtLeast(declared.Name, Number(declared.Available), Number(declared.Needed));

    /// <summary>A run has filled it in; null when that is no number.</summary>
    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static StepOutcome Outcome(IReadOnlyList<Need> needs, StepContext context)
    {
        foreach (var need in needs) context.Log.Write(need.IsMet == true ? LogStream.Out : LogStream.Error, need.Sentence);
        IReadOnlyList<Evidence> evidence = [.. needs.Select(need => new Evidence(need.Name, need.Shown))];
        if (needs.Where(need => need.IsMet == false).ToList() is { Count: > 0 } low)
            return new StepOutcome.Failed(Words.Beginning($"{context.Subject} has too little room: {string.Join("; ", low.Select(need => need.Sentence))}.", LongestReason), HaltCause.CapacityLow) { Evidence = evidence };

        return needs.Where(need => need.IsMet is null).ToList() is { Count: > 0 } unclear
            ? new StepOutcome.Inconclusive(Words.Beginning($"On {context.Subject} {string.Join("; ", unclear.Select(need => need.Sentence))}.", LongestReason))
            : new StepOutcome.Succeeded(evidence);
    }

    private sealed record Need(string Name, double? Has, double? Limit, bool IsMost)
    {
        public bool? IsMet => Has is { } has && Limit is { } limit ? IsMost ? has <= limit : has >= limit : null;

        public string Shown => $"{Text(Has)}, {(IsMost ? "at most" : "at least")} {Text(Limit)}";

        public string Sentence => IsMet switch
        {
            null => $"{Name} could not be told",
            true => $"{Name} {Text(Has)}, {Text(Limit)} {(IsMost ? "allowed" : "needed")}",
            false => $"{Name} {Text(Has)} where {(IsMost ? "at most " : "")}{Text(Limit)} {(IsMost ? "may be" : "is needed")}",
        };

        public static Need AtLeast(string name, double? has, double? limit) => new(name, has, limit, false);

        public static Need AtMost(string name, double? has, double? limit) => new(name, has, limit, true);

        private static string Text(double? number) => number?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "unknown";
    }
}
