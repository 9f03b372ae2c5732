using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DeployHub.Web.Pages.Models;

/// <summary>How long steps took in live runs, for the pictures and lists of a model that have been run; nothing for one that was not.</summary>
internal sealed class StepTimes(IReadOnlyList<TimedStep> steps)
{
    private const string Key = nameof(StepTimes);
    private static readonly StepTimes None = new([]);

    public static StepTimes Of(ViewDataDictionary page) => page[Key] as StepTimes ?? None;

    /// <summary>The same page data, from which the partial reads the times.</summary>
    public static ViewDataDictionary With(ViewDataDictionary page, IReadOnlyList<TimedStep> steps) => new(page) { [Key] = new StepTimes(steps) };

    /// <param name="stage">Null where nothing is measured.</param>
    public TimedStep? Of(Stage? stage, string step) => steps.FirstOrDefault(timed => timed.Stage == stage && timed.Step == step);
}
