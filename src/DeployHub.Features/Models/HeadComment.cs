namespace DeployHub.Features.Models;

/// <summary>
/// What the comment at the top of a starter says. A paragraph that begins with <c>Use it when</c>, one that begins with <c>Avoid it when</c>, and after
/// <c>Needs:</c> a list; a line that begins none of these goes on with the one before it.
/// </summary>
internal sealed record HeadComment(string UseWhen, string AvoidWhen, IReadOnlyList<string> Needs)
{
    private const string Use = "Use it when ", Avoid = "Avoid it when ", Need = "- ";

    public static HeadComment Of(string yaml)
    {
        var said = new List<string>();
        foreach (var line in yaml.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Trim()))
        {
            if (said.Count == 0 || Begins(line)) said.Add(line);
            else said[^1] = $"{said[^1]} {line}".TrimStart();
        }

        return new HeadComment(After(Use, said), After(Avoid, said), [.. said.Where(line => line.StartsWith(Need, StringComparison.Ordinal)).Select(line => line[Need.Length..])]);
    }

    private static bool Begins(string line) => line is "" or "Needs:" || new[] { Use, Avoid, Need }.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal));

    private static string After(string beginning, List<string> said) => said.Find(line => line.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..] ?? "";
}
