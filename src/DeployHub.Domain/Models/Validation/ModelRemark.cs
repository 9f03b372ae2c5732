namespace DeployHub.Domain.Models.Validation;

public enum Severity
{
    /// <summary>Stops the model from being published.</summary>
    Error,

    /// <summary>May be published; somebody should look.</summary>
    Warning,
    Hint,
}

/// <summary>What a check of a model has to say.</summary>
/// <param name="Rule">Id of domain §2.1.3 such as <c>A-V8</c>, or <c>model.…</c> for what the document itself asks.</param>
/// <param name="Path">Where in the document, such as <c>stages.execute.steps[1].timeout</c>; empty for the whole.</param>
/// <param name="Sentence">What is wrong and what to write instead.</param>
public sealed record ModelRemark(string Rule, string Path, Severity Severity, string Sentence)
{
    internal static ModelRemark InExecute(string member, string sentence) => new("A-V10", $"stages.execute.{member}", Severity.Error, sentence);
}
