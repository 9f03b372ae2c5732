using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps.Containers;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace DeployHub.Worker.Steps;

/// <summary>Everything it must remember is a label of the new container, so that a visit after a lost one goes on where that one ended.</summary>
internal sealed class ReplaceContainerExecutor(TimeProvider clock) : StepExecutor<ReplaceContainer>
{
    protected override async Task<StepOutcome> ExecuteAsync(ReplaceContainer settings, StepContext context, CancellationToken cancellationToken)
    {
        if (ContainerPlan.Trouble(settings) is { } wrong) return new StepOutcome.Failed(wrong);
        if (!ContainerEngine.IsAddress(settings.Engine))
            return new StepOutcome.Failed($"“{settings.Engine}” is no address of a container engine.");

        using var engine = new ContainerEngine(settings.Engine);
        try
        {
            return await new Visit(engine, settings, context, clock).RunAsync(cancellationToken);
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

    private sealed class Visit(ContainerEngine engine, ReplaceContainer settings, StepContext context, TimeProvider clock)
    {
        private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(30);

        private readonly ContainerPlan _plan = new(settings, context.StepKey);

        public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
        {
            if (await FetchAsync(cancellationToken) is { } missing) return missing;

            var old = await engine.FindAsync(settings.Name, cancellationToken);
            var next = await engine.FindAsync(_plan.NextName, cancellationToken);
            if (next is null && old is not null && _plan.IsOurs(old)) return await ConfirmAsync(old, cancellationToken);

            next = await PreparedAsync(old, next, cancellationToken);
            var (healthy, failure) = await TryAsync(old, next, cancellationToken);
            if (failure is not null) return failure;

            await TakeOverAsync(old, next, cancellationToken);
            return Done(next.ID, healthy!, old);
        }

        private async Task<StepOutcome.Failed?> FetchAsync(CancellationToken cancellationToken)
        {
            if (await engine.HasImageAsync(settings.Image, cancellationToken)) return null;

            context.Log.Write(LogStream.Hub, $"Pulling {settings.Image}");
            var credentials = settings.RegistryUser is null ? null : new AuthConfig { Username = settings.RegistryUser, Password = settings.RegistryPassword ?? "" };
            return await engine.PullAsync(settings.Image, credentials, context.Log, cancellationToken) is { } trouble
                ? new StepOutcome.Failed($"{context.Subject} cannot pull {settings.Image}: {trouble}.", HaltCause.ComponentMissing)
                : null;
        }

        /// <summary>An attempt before this one had done everything but say so.</summary>
        private async Task<StepOutcome> ConfirmAsync(ContainerInspectResponse done, CancellationToken cancellationToken)
        {
            var (healthy, trouble) = await new ContainerTrial(engine, settings, clock).WaitAsync(done.ID, cancellationToken);
            return trouble is null ? Done(done.ID, healthy!, null) : await FailedAsync(done.ID, trouble, "; the one before it is gone", cancellationToken);
        }

        /// <summary>The new container, made but not yet started: by this visit, or by one that was lost.</summary>
        private async Task<ContainerInspectResponse> PreparedAsync(ContainerInspectResponse? old, ContainerInspectResponse? next, CancellationToken cancellationToken)
        {
            if (next is not null && _plan.IsOurs(next)) return next;

            var replaces = old is null ? null : old.State is { Running: true } || next is not null && ContainerPlan.Replaces(next) == old.ID ? old.ID : null;
            if (next is not null) await engine.RemoveAsync(next.ID, cancellationToken); // another deployment left it behind
            var id = await engine.CreateAsync(_plan.Parameters(replaces), cancellationToken);
            return (await engine.FindAsync(id, cancellationToken))!;
        }

        private async Task<(string? Healthy, StepOutcome.Failed? Failure)> TryAsync(ContainerInspectResponse? old, ContainerInspectResponse next, CancellationToken cancellationToken)
        {
            try
            {
                if (old is { State.Running: true } && _plan.CollidesWith(old)) await StopAsync(old, cancellationToken);
                context.Log.Write(LogStream.Hub, $"Starting {settings.Image} as {_plan.NextName}");
                await engine.StartAsync(next.ID, cancellationToken);

                var (healthy, trouble) = await new ContainerTrial(engine, settings, clock).WaitAsync(next.ID, cancellationToken);
                if (trouble is null) return (healthy, null);

                var failure = await FailedAsync(next.ID, trouble, old is null ? "" : "; the old one is kept", cancellationToken);
                await UndoAsync(old, next);
                return (null, failure);
            }
            catch
            {
                await UndoAsync(old, next);
                throw;
            }
        }

        /// <summary>Also when the visit was told to stop: the old one has to run again.</summary>
        private async Task UndoAsync(ContainerInspectResponse? old, ContainerInspectResponse next)
        {
            using var limit = new CancellationTokenSource(UndoLimit, clock);
            await engine.RemoveAsync(next.ID, limit.Token);
            if (old is null || ContainerPlan.Replaces(next) != old.ID) return;

            await engine.StartAsync(old.ID, limit.Token);
            context.Log.Write(LogStream.Hub, $"{settings.Name} is the old container, which runs.");
        }

        private async Task TakeOverAsync(ContainerInspectResponse? old, ContainerInspectResponse next, CancellationToken cancellationToken)
        {
            if (old is not null)
            {
                await StopAsync(old, cancellationToken);
                await engine.RemoveAsync(old.ID, cancellationToken);
            }

            await engine.RenameAsync(next.ID, settings.Name, cancellationToken);
            context.Log.Write(LogStream.Hub, $"{settings.Name} is the new container.");
        }

        private async Task StopAsync(ContainerInspectResponse old, CancellationToken cancellationToken)
        {
            context.Log.Write(LogStream.Hub, $"Stopping the old {settings.Name} ({Short(old.ID)})");
            await engine.StopAsync(old.ID, Duration.Of(settings.StopWithin), cancellationToken);
        }

        /// <summary>Whoever reads the failure needs what the container said last.</summary>
        private async Task<StepOutcome.Failed> FailedAsync(string id, string trouble, string kept, CancellationToken cancellationToken)
        {
            var words = "";
            if (settings.LogLines > 0)
            {
                context.Log.Write(LogStream.Hub, $"The last lines of {settings.Name}:");
                var (said, errors) = await engine.TailAsync(id, settings.LogLines, cancellationToken);
                foreach (var line in Lines(said)) context.Log.Write(LogStream.Out, line);
                foreach (var line in Lines(errors)) context.Log.Write(LogStream.Error, line);
                if ((Lines(errors).LastOrDefault() ?? Lines(said).LastOrDefault()) is { } last) words = $" Its last line: {(last.Length <= 300 ? last : last[..300])}";
            }

            return new StepOutcome.Failed($"The new container {settings.Name} of {context.Subject} {trouble.TrimEnd('.')}{kept}.{words}", HaltCause.HealthCheckFailed);
        }

        private StepOutcome.Succeeded Done(string id, string healthy, ContainerInspectResponse? old) => new(
        [
            new Evidence("Image", settings.Image),
            new Evidence("Container", $"{settings.Name} ({Short(id)})"),
            new Evidence("Health", healthy),
            .. old is null ? Array.Empty<Evidence>() : [new Evidence("Replaced", $"{Short(old.ID)}, {old.Config?.Image}")],
        ]);

        private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0);

        private static string Short(string id) => id.Length <= 12 ? id : id[..12];
    }
}
