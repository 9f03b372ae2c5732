using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>The artefact stays in its store: its digest is registered, and the target reads its own file.</summary>
internal sealed class CheckFileVerifier(FactReader facts) : StepExecutor<CheckFile>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckFile settings, StepContext context, CancellationToken cancellationToken)
    {
        var (artefact, trouble) = context.Version!.Artefact(settings.Artefact);
        if (artefact is null) return new StepOutcome.Failed(trouble!.Sentence, trouble.Cause);

        var wanted = new WatchedFact(FactKind.File, settings.File);
        if (WatchedFact.Objections([wanted]).Select(remark => remark.Sentence).FirstOrDefault() is { } objection)
            return new StepOutcome.Failed($"“{settings.File.ReplaceLineEndings(" ")}” cannot be looked at: {objection}");

        try
        {
            return await facts.ReadAsync([wanted], context, cancellationToken) is [var seen] ? Judge(seen, artefact, context) : PeopleOnly.Outcome("File");
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private static StepOutcome Judge(SeenFact seen, Artefact artefact, StepContext context)
    {
        var (file, version) = (seen.Fact.Name, $"{context.Version!.Component} {context.Version.Label}");
        context.Log.Write(LogStream.Hub, $"{file} on {context.Subject}: {seen.Value ?? seen.Trouble}; the artefact {artefact.Name} of {version}: {artefact.Digest}.");
        return seen.Value switch
        {
            null => new StepOutcome.Inconclusive($"{file} on {context.Subject} could not be read: {seen.Trouble}"),
            WatchedFact.Absent => new StepOutcome.Failed(
                $"There is no {file} on {context.Subject}; it should be the artefact {artefact.Name} of {version}.", HaltCause.VersionMismatchAfter),
            var digest when digest == artefact.Digest.ToString() => new StepOutcome.Succeeded([new Evidence(file, digest)]),
            var digest => new StepOutcome.Failed(
                $"{file} on {context.Subject} has the digest {digest}, and the artefact {artefact.Name} of {version} has {artefact.Digest}.", HaltCause.VersionMismatchAfter)
            {
                Evidence = [new Evidence(file, digest)],
            },
        };
    }
}
