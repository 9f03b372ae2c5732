using System.Text.Json.Nodes;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps.Clusters;

namespace DeployHub.Worker.Steps;

/// <summary>The first visit tries everything, then applies it; the others look how far the rollout is and hold no worker meanwhile.</summary>
internal sealed class DeployToKubernetesExecutor(ArtefactSource source, TimeProvider clock) : StepExecutor<DeployToKubernetes>
{
    protected override async Task<StepOutcome> ExecuteAsync(DeployToKubernetes settings, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var cluster = new Cluster(settings);
            var visit = new Visit(cluster, settings, context, clock);
            if (context.Ticket is { } ticket) return await visit.LookAsync(RolloutTicket.Of(ticket), cancellationToken);
            if (settings.Action is KubernetesAction.Undo) return await visit.UndoAsync(cancellationToken);

            var (manifests, trouble) = await ManifestsAsync(settings, context, cancellationToken);
            return trouble ?? await visit.ApplyAsync(manifests, cancellationToken);
        }
        catch (ClusterRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private async Task<(IReadOnlyList<Manifest> Manifests, StepOutcome.Failed? Trouble)> ManifestsAsync(DeployToKubernetes settings, StepContext context, CancellationToken cancellationToken)
    {
        if (settings.File is null) return (Manifest.Read(settings.Manifests ?? "", "The text of the manifests"), null);

        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return ([], new StepOutcome.Failed(trouble.Sentence, trouble.Cause));

        var scratch = Directory.CreateTempSubdirectory("deployhub-kubernetes-").FullName;
        try
        {
            await Unpacking.IntoAsync(fetched.File!, Path.Combine(scratch, "artefact"), cancellationToken);
            var place = Workplace.Below(Path.Combine(scratch, "artefact"), settings.File);
            string[] files = place is null ? [] : File.Exists(place) ? [place] : Directory.Exists(place) ? [.. Directory.EnumerateFiles(place).Where(IsYaml).Order(StringComparer.Ordinal)] : [];
            if (files.Length == 0) return ([], new StepOutcome.Failed($"The artefact {artefact!.Name} has no manifests at {settings.File}.", HaltCause.ComponentMissing));

            return ([.. files.SelectMany(file => Manifest.Read(File.ReadAllText(file), Path.GetFileName(file)))], null);
        }
        catch (UnsafeArchiveException unsafeArchive)
        {
            return ([], new StepOutcome.Failed($"The artefact {artefact!.Name} {unsafeArchive.Message}.", HaltCause.ComponentMissing));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static bool IsYaml(string file) => Path.GetExtension(file) is ".yaml" or ".yml" or ".json";

    private sealed class Visit(Cluster cluster, DeployToKubernetes settings, StepContext context, TimeProvider clock)
    {
        private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromSeconds(15);
        private static readonly TimeSpan KindsAppearWithin = TimeSpan.FromSeconds(10), KindsPause = TimeSpan.FromMilliseconds(500);

        /// <summary>Such as <c>DEP-2026-000123/R1</c>.</summary>
        private readonly string _run = string.Join('/', context.Key.Split('/').Take(2));

        public async Task<StepOutcome> ApplyAsync(IReadOnlyList<Manifest> manifests, CancellationToken cancellationToken)
        {
            if (manifests.Count == 0) return new StepOutcome.Failed("The manifests hold no object, so there is nothing to apply.");
            if (manifests.FirstOrDefault(manifest => manifest.Namespace is { } other && other != settings.Namespace) is { } stray)
                return new StepOutcome.Failed($"{stray.Called} says the namespace {stray.Namespace}, and the step says {settings.Namespace}: nothing was applied.");

            var images = ImagePins.Set(manifests, settings);
            var bringsPlaces = manifests.Any(manifest => manifest.Kind is "Namespace" or "CustomResourceDefinition");
            foreach (var manifest in manifests) await TryAsync(manifest, bringsPlaces, cancellationToken);

            return Going(new RolloutTicket(clock.GetUtcNow(), await AppliedAsync(manifests, cancellationToken), images));
        }

        public async Task<StepOutcome> UndoAsync(CancellationToken cancellationToken)
        {
            var undo = new RolloutUndo(cluster, settings.Namespace, _run);
            var things = new List<RolloutTicket.Thing>();
            foreach (var workload in settings.Workloads ?? [])
            {
                if (workload.ToLowerInvariant().Split('/') is not [("deployment" or "statefulset" or "daemonset") and var kind, { Length: > 0 } name]) return new StepOutcome.Failed($"“{workload}” names no workload: write deployment/shop, statefulset/shop or daemonset/shop.");

                var (now, revision) = await undo.MakeAsync(kind, name, cancellationToken);
                things.Add(Thing($"{kind}/{name}", undo.PathOf(kind, name), now, isWaitedFor: revision is not null));
                context.Log.Write(LogStream.Hub, revision is null ? $"{kind}/{name} stays as it is: this run applied nothing to it." : $"{kind}/{name} goes back to the revision {revision}.");
            }

            return Going(new RolloutTicket(clock.GetUtcNow(), things, []));
        }

        /// <summary>The cluster may be away for a while; what was applied there goes on.</summary>
        public async Task<StepOutcome> LookAsync(RolloutTicket ticket, CancellationToken cancellationToken)
        {
            var things = ticket.Things.ToList();
            var late = clock.GetUtcNow() - ticket.Since >= Duration.Of(settings.Within);
            var isDone = true;
            for (var i = 0; i < things.Count; i++)
            {
                var (thing, status) = things[i].IsWaitedFor ? await LookAsync(things[i], cancellationToken) : (things[i], null);
                if (status is null) continue;
                if (status.Sentence != thing.Said) context.Log.Write(LogStream.Hub, $"{thing.Called} {status.Sentence}");
                things[i] = thing with { Said = status.Sentence };
                if (status.State is Rollout.Failed || (status.State is Rollout.Going && late)) return await FailedAsync(thing, status, cancellationToken);
                isDone &= status.State is Rollout.Done;
            }

            return isDone ? Done(ticket with { Things = things }) : Later(ticket with { Things = things });
        }

        private async Task<(RolloutTicket.Thing, RolloutStatus)> LookAsync(RolloutTicket.Thing thing, CancellationToken cancellationToken)
        {
            try
            {
                var now = await cluster.GetAsync(thing.Path, cancellationToken);
                return $"{now["metadata"]?["uid"]}" == thing.Uid
                    ? (Thing(thing.Called, thing.Path, now, isWaitedFor: true) with { Said = thing.Said }, RolloutStatus.Of(now))
                    : (thing, new RolloutStatus(Rollout.Failed, "was replaced by somebody else meanwhile"));
            }
            catch (ClusterRefusedException refused) when (refused.IsMissing)
            {
                return (thing, new RolloutStatus(Rollout.Failed, "was removed by somebody else meanwhile"));
            }
            catch (ClusterRefusedException refused) when (refused.IsPassing)
            {
                return (thing, new RolloutStatus(Rollout.Going, $"cannot be seen: {refused.Message}"));
            }
        }

        /// <summary>On trial, so that one refusal leaves everything as it was. What needs a namespace or a kind that only this step brings cannot be tried before.</summary>
        private async Task TryAsync(Manifest manifest, bool mayBeMissing, CancellationToken cancellationToken)
        {
            try
            {
                await SentAsync(manifest, await cluster.PathOfAsync(manifest, settings.Namespace, cancellationToken), isTrial: true, cancellationToken);
            }
            catch (ClusterRefusedException refused) when (refused.IsMissing && mayBeMissing)
            {
            }
        }

        private async Task<List<RolloutTicket.Thing>> AppliedAsync(IReadOnlyList<Manifest> manifests, CancellationToken cancellationToken)
        {
            var baseline = new RolloutBaseline(cluster, settings.Namespace, _run);
            var things = new List<RolloutTicket.Thing>();
            var bringsKinds = false;
            foreach (var manifest in manifests)
            {
                var path = bringsKinds ? await PathOfNewAsync(manifest, cancellationToken) : await cluster.PathOfAsync(manifest, settings.Namespace, cancellationToken);
                if (RolloutStatus.IsRolledOut(manifest.Kind)) await baseline.SetAsync(manifest, path, cancellationToken);
                things.Add(Thing(manifest.Called, path, await SentAsync(manifest, path, isTrial: false, cancellationToken), RolloutStatus.IsWaitedFor(manifest.Content)));
                context.Log.Write(LogStream.Hub, $"Applied {manifest.Called}: {things[^1].Evidence}");
                if (manifest.Kind != "CustomResourceDefinition") continue;

                bringsKinds = true;
                cluster.ForgetKinds();
            }

            return things;
        }

        /// <summary>A cluster takes a moment until it knows the kind of a definition it has just got.</summary>
        private async Task<string> PathOfNewAsync(Manifest manifest, CancellationToken cancellationToken)
        {
            var until = clock.GetUtcNow() + KindsAppearWithin;
            while (true)
            {
                try
                {
                    return await cluster.PathOfAsync(manifest, settings.Namespace, cancellationToken);
                }
                catch (ClusterRefusedException refused) when (refused.IsMissing && clock.GetUtcNow() < until)
                {
                    cluster.ForgetKinds();
                    await Task.Delay(KindsPause, clock, cancellationToken);
                }
            }
        }

        private async Task<JsonNode> SentAsync(Manifest manifest, string path, bool isTrial, CancellationToken cancellationToken)
        {
            try
            {
                return await cluster.ApplyAsync(path, manifest.Content, settings.Force, isTrial, cancellationToken);
            }
            catch (ClusterRefusedException refused)
            {
                throw new ClusterRefusedException($"{manifest.Called} in {settings.Namespace} is not applied{(isTrial ? ", nor anything else" : "")}: {refused.Message}", refused.Cause, refused.IsPassing, refused.IsMissing);
            }
        }

        private async Task<StepOutcome.Failed> FailedAsync(RolloutTicket.Thing thing, RolloutStatus status, CancellationToken cancellationToken)
        {
            var pod = await new PodTrouble(cluster).FindAsync(thing.Path, settings.Namespace, cancellationToken);
            var late = status.State is Rollout.Going ? $" was not done within {settings.Within}: it" : "";
            return new StepOutcome.Failed($"{thing.Called} in {settings.Namespace}{late} {status.Sentence.TrimEnd('.')}.{(pod is null ? "" : $" {pod}")}".ReplaceLineEndings(" "), HaltCause.HealthCheckFailed) { Evidence = [new Evidence(thing.Called, thing.Evidence)] };
        }

        private static StepOutcome Going(RolloutTicket ticket) => ticket.Things.Any(thing => thing.IsWaitedFor) ? new StepOutcome.StillRunning($"{ticket}", TimeSpan.Zero) : Done(ticket);

        private StepOutcome.StillRunning Later(RolloutTicket ticket)
        {
            var pause = (clock.GetUtcNow() - ticket.Since) / 5;
            return new StepOutcome.StillRunning($"{ticket}", pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause);
        }

        private static StepOutcome.Succeeded Done(RolloutTicket ticket) => new(
        [
            .. ticket.Things.Select(thing => new Evidence(thing.Called, thing.Evidence)),
            .. ticket.Images.Count == 0 ? Array.Empty<Evidence>() : [new Evidence("Images", string.Join('\n', ticket.Images))],
        ]);

        private static RolloutTicket.Thing Thing(string called, string path, JsonNode now, bool isWaitedFor) => new(
            called, path, $"{now["metadata"]?["uid"]}", $"{now["metadata"]?["resourceVersion"]}", now["metadata"]?["generation"] is JsonValue generation && generation.TryGetValue<long>(out var number) ? number : null, isWaitedFor);
    }
}
