using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>What a look at several artefacts found, all at once: told line by line in the log, in short as the reason, and kept as evidence.</summary>
internal sealed class ArtefactFindings(IStepLog log)
{
    private const int MostInReason = 5;
    private const int LongestInReason = 180;
    private const int MostAsEvidence = 100;

    private readonly List<ArtefactTrouble> _breaches = [];
    private readonly List<string> _unclear = [];
    private readonly List<Evidence> _evidence = [];

    /// <summary>Unless nobody could tell: then it is no breach.</summary>
    public void Breach(ArtefactTrouble trouble)
    {
        if (trouble.IsUnclear)
        {
            Unclear(trouble.Sentence);
            return;
        }

        log.Write(LogStream.Error, Printable.Of(trouble.Sentence));
        _breaches.Add(trouble);
    }

    public void Unclear(string sentence)
    {
        log.Write(LogStream.Error, Printable.Of(sentence));
        _unclear.Add(sentence);
    }

    public void Show(string name, string value)
    {
        log.Write(LogStream.Out, Printable.Of($"{name}: {value}"));
        if (_evidence.Count < MostAsEvidence) _evidence.Add(new Evidence(name, Printable.Of(value)));
    }

    /// <summary>A breach is one whatever else could not be told.</summary>
    public StepOutcome Outcome()
    {
        if (_breaches.Count > 0)
            return new StepOutcome.Failed(Reason([.. _breaches.Select(breach => breach.Sentence), .. _unclear]), ArtefactTrouble.CauseOf(_breaches))
            {
                Evidence = [.. _evidence, .. _breaches.Take(MostAsEvidence).Select(breach => new Evidence("Finding", Printable.Of(breach.Sentence)))],
            };
        return _unclear.Count > 0 ? new StepOutcome.Inconclusive(Reason(_unclear)) : new StepOutcome.Succeeded(_evidence);
    }

    private static string Reason(List<string> sentences)
    {
        var whole = Printable.Of(string.Join(' ', sentences));
        if (whole.Length <= MostInReason * LongestInReason) return whole;
        var shown = string.Join(' ', sentences.Take(MostInReason).Select(sentence => Domain.Words.Beginning(Printable.Of(sentence), LongestInReason)));
        return sentences.Count > MostInReason ? $"{shown} And {sentences.Count - MostInReason} more: see the log." : shown;
    }
}
