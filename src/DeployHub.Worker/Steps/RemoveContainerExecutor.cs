using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps.Containers;
using Docker.DotNet;

namespace DeployHub.Worker.Steps;

/// <summary>A visit after a lost one finds the container as that one left it, and goes on from there.</summary>
internal sealed class RemoveContainerExecutor : StepExecutor<RemoveContainer>
{
    protected override async Task<StepOutcome> ExecuteAsync(RemoveContainer settings, StepContext context, CancellationToken cancellationToken)
    {
        // the model was checked before its values were filled in
        if (!ContainerEngine.IsAddress(settings.Engine)) return new StepOutcome.Failed($"“{settings.Engine}” is no address of a container engine.");
        if (Duration.Parse(settings.StopWithin).Error is { } malformed) return new StepOutcome.Failed(malformed.Message);

        using var engine = new ContainerEngine(settings.Engine);
        try
        {
            return await RemoveAsync(engine, settings, context, cancellationToken);
        }
        catch (DockerApiException refused)
        {
            return new StepOutcome.Failed($"The container engine of {context.Subject} refuses something for {settings.Name}: {ContainerEngine.Words(refused)}.");
        }
        catch (Exception exception) when (ContainerEngine.IsAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            return new StepOutcome.Failed($"The container engine of {context.Subject} at {settings.Engine} does not answer: {exception.GetBaseException().Message.TrimEnd('.')}.", HaltCause.TargetUnreachable);
        }
    }

    private static async Task<StepOutcome> RemoveAsync(ContainerEngine engine, RemoveContainer settings, StepContext context, CancellationToken cancellationToken)
    {
        if (await engine.FindAsync(settings.Name, cancellationToken) is not { } there) return new StepOutcome.Succeeded([new Evidence("Container", $"{settings.Name} was not there")]);

        context.Log.Write(LogStream.Hub, $"Stopping and removing {settings.Name}");
        if (there.State is { Running: true }) await engine.StopAsync(there.ID, Duration.Of(settings.StopWithin), cancellationToken);
        await engine.RemoveAsync(there.ID, cancellationToken);
        return new StepOutcome.Succeeded([new Evidence("Removed", $"{settings.Name}, {there.Config?.Image}")]);
    }
}
