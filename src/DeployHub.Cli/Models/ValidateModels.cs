using System.CommandLine;

namespace DeployHub.Cli.Models;

internal static class ValidateModels
{
    private static readonly Argument<string[]> Files = new("file") { Arity = ArgumentArity.OneOrMore, Description = "Model documents; - is standard input." };

    private const string Does = "Says what stands against publishing model documents, each remark as file:line:column. Ends with 1 when one has errors.";

    public static Command Command() => Session.Does(new Command("validate", Does) { Files }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var documents = new List<Document>();
        foreach (var file in parsed.GetRequiredValue(Files)) documents.Add(await Document.ReadAsync(file, session.Interrupted));

        var checks = new List<(Document Document, Checked Check)>();
        foreach (var document in documents) checks.Add((document, await session.Hub.CheckAsync(document)));

        session.Screen.Show(
            checks.Select(one => new { File = one.Document.Name, Model = one.Check.Names.Model, one.Check.MayBePublished, one.Check.Digest, one.Check.Remarks }),
            checks.SelectMany(one => one.Check.Remarks.Select(remark => remark.In(one.Document.Name))));
        session.Screen.Note(Sum(checks.ConvertAll(one => one.Check)));
        return checks.TrueForAll(one => one.Check.MayBePublished) ? ExitCode.Done : ExitCode.Refused;
    }

    private static string Sum(List<Checked> checks)
    {
        var (errors, good) = (checks.Sum(check => check.Remarks.Count(remark => remark.IsError)), checks.Count(check => check.MayBePublished));
        var documents = InWords.Count(checks.Count, "document");
        return errors == 0 ? $"{documents} without errors." : $"{InWords.Count(errors, "error")}; {good} of {documents} without any.";
    }
}
