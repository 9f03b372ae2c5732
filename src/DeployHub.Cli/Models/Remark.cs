namespace DeployHub.Cli.Models;

/// <summary>What the server has to say of a place in a document. Lines and columns count from 1.</summary>
internal sealed record Remark(string Rule, string Path, int Line, int Column, string Severity, string Sentence)
{
    public const string Error = "Error";

    public bool IsError => Severity == Error;

    /// <summary>As compilers write it, so that editors and CI systems lead to the place.</summary>
    public string In(string file) => $"{file}:{Line}:{Column}: {Word}: {Sentence} [{Rule}]";

    private string Word => Severity switch
    {
        Error => "error",
        "Warning" => "warning",
        _ => "note",
    };
}
