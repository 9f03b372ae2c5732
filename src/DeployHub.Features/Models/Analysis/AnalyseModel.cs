using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Measuring;
using Mediator;

namespace DeployHub.Features.Models.Analysis;

/// <summary>
/// What the records of a model say: signals with their evidence, where time goes, what halts, what plans change, how its versions compare, how long its
/// steps take (domain §2.7, A4). Nothing of it was typed by a person.
/// </summary>
/// <param name="Versions">Numbers, at most five; left out, the version in use.</param>
public sealed record AnalyseModel(string Slug, IReadOnlyList<int>? Versions = null) : IQuery<Result<AnalyseModel.View>>
{
    /// <summary>Below so many runs there are cases and no rates (MR-6).</summary>
    public const int FewestRuns = Proportion.FewestForARate;

    public const int MostVersions = AnalysedVersions.Most;

    public const int MostDeployments = RecordedDeployments.Most;

    /// <param name="Versions">Those that were looked at.</param>
    /// <param name="Window">The last 20 runs or 90 days, whichever is more; of several versions, all of theirs.</param>
    /// <param name="Runs">Of those versions in that window, without rehearsals and drills.</param>
    /// <param name="IsEnough">Five runs or more: rates say something.</param>
    /// <param name="Measures">Of live deployments in that window.</param>
    /// <param name="Signals">What each rule says of each version; a rule without data says why.</param>
    /// <param name="FoundEarly">How much was found before anything was touched, in a sentence; null while nothing halted.</param>
    /// <param name="Compared">The newest five versions over a year, the newest first.</param>
    /// <param name="Steps">Of live runs that succeeded.</param>
    /// <param name="Standard">Whether it could be used for standard changes (A-V13).</param>
    /// <param name="Hints">What could be done without (A-V14).</param>
    /// <param name="IsLimited">More than 2,000 deployments lie in the window; the newest of them were looked at.</param>
    public sealed record View(
        string Slug, string Name, IReadOnlyList<int> Versions, AnalysisWindow Window, int Deployments, int Runs, bool IsEnough, MeasuresView Measures,
        IReadOnlyList<SignalAnswer> Signals, TimeOverview Time, string? TimeInWords, IReadOnlyList<HaltPile> Halts, IReadOnlyList<StageFailures> Failures, string? FoundEarly, IReadOnlyList<Adaptation> Adaptations,
        IReadOnlyList<ApprovalHabit> Approvals, IReadOnlyList<ComparedVersion> Compared, IReadOnlyList<TimedStep> Steps, StandardUse Standard, IReadOnlyList<ModelRemark> Hints,
        bool IsLimited)
    {
        [JsonIgnore]
        public IEnumerable<Signal> Found => Signals.SelectMany(answer => answer.Found);
    }

    /// <param name="InProgress">Started and not over: reported beside the figures, never inside (MR-2).</param>
    public sealed record MeasuresView(
        ToldShare Success, ToldShare FirstTimeRight, ToldShare ChangeFailure, ToldTimings LeadTime, ToldTimings Duration, ToldTimings Execute, int InProgress);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<AnalyseModel, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(AnalyseModel query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var analysed = await db.FindAnalysedAsync(query.Slug, query.Versions ?? [], now, cancellationToken);
            return analysed.Error is { } refusal ? refusal : await ViewAsync(analysed.Value, now, cancellationToken);
        }

        private async Task<View> ViewAsync(AnalysedModel analysed, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var (model, window) = (analysed.Model, analysed.Window);
            var records = await db.ReadRecordsAsync(analysed, cancellationToken);
            List<VersionFacts> facts = [.. records.Select(version => version.Facts)];
            List<DeploymentFact> deployments = [.. facts.SelectMany(version => version.Deployments)];
            List<RunFact> runs = [.. facts.SelectMany(version => version.Runs)];
            var (time, failures, approvals) = (TimeOverview.Of(deployments), StageFailures.From(runs), ApprovalHabit.Of(deployments));
            var measures = records is [var only] ? only.Measures : await ModelMeasures.OfAsync(db, model.Id, [.. analysed.Ids], window.From, window.To, cancellationToken);
            var looks = await db.SampleStepsAsync(analysed.Ids, SampledSteps.ForStreaks, cancellationToken);
            return new View(
                model.Slug, model.Name, [.. facts.Select(version => version.Version)], window, deployments.Count, runs.Count, runs.Count >= FewestRuns, Told(measures),
                [.. facts.SelectMany(Signals.Of)], time, time.Sentence(), HaltPile.From(runs), failures, StageFailures.Sentence(failures), [.. facts.SelectMany(Adaptation.From)], approvals,
                await db.CompareVersionsAsync(model.Id, now, cancellationToken), TimedStep.From(looks), await db.StandardUseAsync(model.Id, now, cancellationToken),
                Reconsiderations.Of(looks, runs, approvals), deployments.Count >= RecordedDeployments.Most);
        }

        private static MeasuresView Told(ModelMeasures measures) => new(
            ToldShare.From(measures.Success), ToldShare.From(measures.FirstTimeRight), ToldShare.From(measures.ChangeFailure), ToldTimings.From(measures.LeadTime),
            ToldTimings.From(measures.Duration), ToldTimings.From(measures.Execute), measures.InProgress);
    }
}
