using System.Globalization;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>Lets time pass without holding a thread; the ticket is the instant at which it is over.</summary>
internal sealed class WaitExecutor(TimeProvider clock) : StepExecutor<Wait>
{
    protected override Task<StepOutcome> ExecuteAsync(Wait settings, StepContext context, CancellationToken cancellationToken)
    {
        var end = context.StartedAt + Duration.Of(settings.For);
        var left = end - clock.GetUtcNow();
        return Task.FromResult<StepOutcome>(left <= TimeSpan.Zero
            ? new StepOutcome.Succeeded([new Evidence("Waited", settings.For)])
            : new StepOutcome.StillRunning(end.ToString("O", CultureInfo.InvariantCulture), left));
    }
}
