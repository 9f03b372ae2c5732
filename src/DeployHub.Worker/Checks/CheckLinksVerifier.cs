using System.Collections.Concurrent;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Asks every link, so that all findings are known at once.</summary>
internal sealed class CheckLinksVerifier(ArtefactSource source, LinkHttp http) : StepExecutor<CheckLinks>
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const int AtOnce = 8;

    protected override async Task<StepOutcome> ExecuteAsync(CheckLinks settings, StepContext context, CancellationToken cancellationToken)
    {
        var version = context.Version!;
        var (artefacts, unknown) = settings.Artefact is null && version.Manifest.Count > 0 ? (version.Artefacts, null) : version.ArtefactsToLookAt(settings.Artefact, "check-links");
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);

        var findings = new ArtefactFindings(context.Log);
        var named = new List<(string Where, Uri Link)>();
        foreach (var (entry, value) in version.Manifest) Read(value, $"“{entry}” of the manifest");
        foreach (var artefact in artefacts)
            if (await ReadAsync(artefact, findings, cancellationToken) is { } text) Read(text, artefact.Name);

        await AskAsync(settings, named, findings, cancellationToken);
        return findings.Outcome();

        void Read(string text, string where)
        {
            named.AddRange(Links.In(text).Select(link => (where, link)));
            foreach (var link in Links.Unreadable(text).Where(settings.Reads))
                findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, $"{where} names {link}, which is no address: correct the link in a new version, or leave it out with except."));
        }
    }

    private async Task<string?> ReadAsync(Artefact artefact, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        using var fetched = await source.FetchAsync(artefact, cancellationToken);
        if (fetched.Trouble is { } trouble)
        {
            findings.Breach(trouble);
            return null;
        }

        var bytes = new FileInfo(fetched.File!).Length > MostBytes ? null : await File.ReadAllBytesAsync(fetched.File!, cancellationToken);
        if (bytes is not null && !bytes.Contains((byte)0)) return Encoding.UTF8.GetString(bytes);

        findings.Unclear($"{artefact.Name} is no text of at most {MostBytes / 1024 / 1024} MiB, so nobody can tell which links it names. Register its source, or name in artefact the one to look at.");
        return null;
    }

    private async Task AskAsync(CheckLinks settings, List<(string Where, Uri Link)> named, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        var links = named.Select(link => link.Link).DistinctBy(link => link.AbsoluteUri).Where(settings.Asks).ToList();
        if (links.Count > CheckLinks.Most) findings.Unclear($"{links.Count} links are named, and at most {CheckLinks.Most} are asked. Leave some out with except.");

        var answers = new ConcurrentBag<LinkAnswer>();
        await Parallel.ForEachAsync(links.Take(CheckLinks.Most), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (link, cancelled) => answers.Add(await http.AskAsync(link, cancelled)));

        findings.Show("Links", $"{answers.Count(answer => answer.IsThere)} of {Words.Count(links.Count, "link")} lead somewhere");
        foreach (var answer in answers.OrderBy(answer => links.FindIndex(link => link.AbsoluteUri == answer.Link.AbsoluteUri)).Where(answer => !answer.IsThere))
        {
            var where = Words.List(named.Where(link => link.Link.AbsoluteUri == answer.Link.AbsoluteUri).Select(link => link.Where).Distinct());
            if (answer.MayCome) findings.Unclear($"{where} names {answer.Link}, and {(answer.Status is { } status ? $"it answers {(int)status}" : answer.Trouble!.TrimEnd('.'))}. Try again later, or leave it out with except.");
            else findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, $"{where} names {answer.Link}, which answers {(int)answer.Status!}: correct the link in a new version, or leave it out with except."));
        }
    }
}
