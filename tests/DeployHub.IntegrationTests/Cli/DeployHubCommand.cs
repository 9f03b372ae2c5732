using System.Diagnostics;
using System.Text;

namespace DeployHub.IntegrationTests.Cli;

/// <summary>The command line as people and CI systems run it: a process of its own, with the server and the token in its environment.</summary>
internal sealed class DeployHubCommand(string server, string token, string directory)
{
    public DeployHubCommand With(string otherToken) => new(server, otherToken, directory);

    public Task<Ended> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public async Task<Ended> RunAsync(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "deployhub.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = directory,
        };
        (start.Environment["DEPLOYHUB_SERVER"], start.Environment["DEPLOYHUB_TOKEN"]) = (server, token);
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();

        using var output = new MemoryStream();
        var told = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, output.ToArray(), await told);
    }

    /// <param name="Output">The bytes of standard output.</param>
    /// <param name="Told">What went to standard error.</param>
    internal sealed record Ended(int ExitCode, byte[] Output, string Told)
    {
        public string Text => Encoding.UTF8.GetString(Output);

        public Ended With(int code)
        {
            ExitCode.ShouldBe(code, Text + Told);
            return this;
        }
    }
}
