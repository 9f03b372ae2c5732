using System.CommandLine;
using System.Text.Json.Nodes;

namespace DeployHub.Cli.Models;

internal static class ListModels
{
    private static readonly string[] Head = ["SLUG", "VERSION", "STATE", "USES", "NAME"];

    public static Command Command() => Session.Does(new Command("list", "Lists the models, each with the version that was published last."), RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var models = await session.Hub.ReadAllAsync("models");
        session.Screen.Show(new JsonArray([.. models.Select(model => model.DeepClone())]), Columns.Of([Head, .. models.Select(Row)]));
        return ExitCode.Done;
    }

    private static string[] Row(JsonNode model) =>
        [$"{model["slug"]}", $"v{model["version"]}", InWords.Of($"{model["status"]}").ToLowerInvariant(), $"{model["uses"]}", $"{model["name"]}"];
}
