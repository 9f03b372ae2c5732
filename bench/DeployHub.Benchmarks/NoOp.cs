using System.Collections.Concurrent;
using System.Diagnostics;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Benchmarks;

/// <summary>Steps that do nothing but say when they began and ended.</summary>
internal static class NoOp
{
    public static ConcurrentQueue<(string Chain, long Began, long Ended)> Visits { get; } = [];

    /// <summary>How long each step lets time pass without using the machine.</summary>
    public static TimeSpan Lasts { get; set; }

    public static void AddNoOps(this IServiceCollection services) => services
        .AddSingleton<IStepExecutor, NoOp<CheckManifest>>()
        .AddSingleton<IStepExecutor, NoOp<Wait>>()
        .AddSingleton<IStepExecutor, NoOp<CheckHttp>>();

    /// <summary>Milliseconds from each end to the next begin within one chain.</summary>
    public static IEnumerable<double> Gaps(IEnumerable<(string Chain, long Began, long Ended)> visits) => visits
        .GroupBy(visit => visit.Chain)
        .Select(chain => chain.OrderBy(visit => visit.Began).ToList())
        .SelectMany(chain => chain.Zip(chain.Skip(1), (before, after) => Stopwatch.GetElapsedTime(before.Ended, after.Began).TotalMilliseconds));
}

internal sealed class NoOp<TSettings> : StepExecutor<TSettings> where TSettings : StepSettings
{
    protected override async Task<StepOutcome> ExecuteAsync(TSettings settings, StepContext context, CancellationToken cancellationToken)
    {
        if (NoOp.Lasts > TimeSpan.Zero) await Task.Delay(NoOp.Lasts, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        NoOp.Visits.Enqueue((context.Key[..context.Key.IndexOf("/R1", StringComparison.Ordinal)], began, Stopwatch.GetTimestamp()));
        return new StepOutcome.Succeeded([]);
    }
}
