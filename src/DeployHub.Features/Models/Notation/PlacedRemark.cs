using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

/// <summary>A remark with its place in the text, lines and columns from 1.</summary>
public sealed record PlacedRemark(string Rule, string Path, int Line, int Column, Severity Severity, string Sentence)
{
    /// <summary>The sentence with its place, for whoever does not show places otherwise.</summary>
    public string Full => $"{Sentence} (line {Line}, column {Column})";
}

/// <summary>Stops reading at once: the text is not even a document.</summary>
internal sealed class UnreadableException(string sentence, int line, int column) : Exception(sentence)
{
    public PlacedRemark Remark { get; } = new("model.document", "", Math.Max(1, line), Math.Max(1, column), Severity.Error, sentence);
}
