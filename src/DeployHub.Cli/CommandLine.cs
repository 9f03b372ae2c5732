using System.CommandLine;
using DeployHub.Cli.Models;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli;

/// <summary>Everything that may be typed behind <c>deployhub</c>.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration AsTyped = new() { ResponseFileTokenReplacer = null }; // @ belongs to versions, not to files with arguments

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(arguments, AsTyped);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });

        foreach (var objection in parsed.Errors) await error.WriteLineAsync(Screen.Masked($"error: {InOneLine(objection.Message)}"));
        await error.WriteLineAsync($"{Named(parsed.CommandResult.Command)} --help says what may be written.");
        return ExitCode.WrongUsage;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Talks to a DeployHub server: deployment models as files, checked, compared, pushed, pulled, simulated, rehearsed and published.");
        foreach (var option in Settings.Options) root.Options.Add(option);
        root.Subcommands.Add(new Command("model", "Deployment models as documents.")
        {
            ListModels.Command(), ValidateModels.Command(), DiffModels.Command(), PushModel.Command(), PullModel.Command(), SimulateModel.Command(), RehearseModel.Command(),
            PublishModel.Command(),
        });
        return root;
    }

    private static string InOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Named(Command command) => command is RootCommand ? "deployhub" : $"{Named(command.Parents.OfType<Command>().First())} {command.Name}";
}
