using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>
/// What a program wrote into <c>$DEPLOYHUB_OUTPUT</c>: lines <c>name=value</c>, and values of several lines as <c>name&lt;&lt;END</c>, the lines,
/// <c>END</c>. A file, because anything on standard output may be a log line.
/// </summary>
internal static class SaidOutputs
{
    public const string Variable = "DEPLOYHUB_OUTPUT";

    /// <summary>Characters of a file that is read at all.</summary>
    public const int LargestFile = 4 * StepOutputs.MostCharacters;

    /// <summary>The outcome with what was said; what cannot be read fails a step that would have succeeded.</summary>
    public static StepOutcome In(string file, StepOutcome outcome)
    {
        var said = new Dictionary<string, string>();
        var objection = file.Length > LargestFile ? $"What it wrote into ${Variable} is longer than {LargestFile / 1024} KiB." : Read(file, said);
        return objection is null ? outcome with { Outputs = said }
            : outcome is StepOutcome.Succeeded ? new StepOutcome.Failed(objection)
            : outcome;
    }

    private static string? Read(string file, Dictionary<string, string> said)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0) continue;

            var (equals, block) = (lines[i].IndexOf('='), lines[i].IndexOf("<<", StringComparison.Ordinal));
            var isBlock = block > 0 && (equals < 0 || block < equals);
            var name = isBlock ? lines[i][..block].Trim() : equals > 0 ? lines[i][..equals].Trim() : "";
            if (!StepOutputs.IsName(name)) return $"Line {i + 1} of what it wrote into ${Variable} is not written name=value.";

            if (!isBlock)
            {
                said[name] = lines[i][(equals + 1)..];
                continue;
            }

            var end = Array.IndexOf(lines, lines[i][(block + 2)..].Trim(), i + 1);
            if (end < 0) return $"The value of {name} in ${Variable} has no end: the line {lines[i][(block + 2)..].Trim()} is missing.";

            said[name] = string.Join('\n', lines[(i + 1)..end]);
            i = end;
        }

        return null;
    }
}
