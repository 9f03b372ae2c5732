using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace DeployHub.IntegrationTests.Samples;

/// <summary>The packages that the demo deploys, installed by their own script as a step of a model does it.</summary>
public sealed class GreeterTests : IDisposable
{
    private readonly string _target = Directory.CreateTempSubdirectory("greeter-").FullName;
    private readonly int _port = FreePort.Next();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        if (File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), out var pid)) Kill(pid);
        Directory.Delete(_target, recursive: true);
        _http.Dispose();
    }

    [Theory]
    [InlineData("1.0.0", HttpStatusCode.OK)]
    [InlineData("1.1.0", HttpStatusCode.OK)]
    [InlineData("1.2.0", HttpStatusCode.ServiceUnavailable)]
    public async Task Each_version_answers_its_label_and_only_the_last_is_unwell(string version, HttpStatusCode health)
    {
        (await DeployAsync(version)).Code.ShouldBe(0);

        (await RunningVersionAsync()).ShouldBe(version);
        (await _http.GetAsync(Url("health"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(health);
    }

    [Fact]
    public async Task Deploying_twice_leaves_one_process_and_a_newer_version_takes_the_port_over()
    {
        await DeployAsync("1.0.0");
        var first = File.ReadAllText(PidFile);
        (await DeployAsync("1.0.0")).Code.ShouldBe(0); // it could not listen while the first still held the port
        File.ReadAllText(PidFile).ShouldNotBe(first);

        await DeployAsync("1.1.0");

        (await RunningVersionAsync()).ShouldBe("1.1.0");
        new FileInfo(Path.Combine(_target, "current")).LinkTarget.ShouldBe("releases/1.1.0");
    }

    [Fact]
    public async Task An_installed_release_starts_itself_without_looking_at_what_was_uploaded_since()
    {
        await DeployAsync("1.0.0");
        Upload("1.1.0");

        (await RunAsync("releases/1.0.0/deploy.sh")).Code.ShouldBe(0); // VERSION and PORT say the rest

        (await RunningVersionAsync()).ShouldBe("1.0.0");
    }

    [Fact]
    public async Task A_package_of_another_version_is_refused_and_the_running_one_stays()
    {
        await DeployAsync("1.0.0");
        Upload("1.2.0");

        var (code, said) = await RunAsync("incoming/deploy.sh", _target, "1.1.0", $"{_port}");

        code.ShouldNotBe(0);
        said.ShouldContain("does not hold greeter 1.1.0");
        (await RunningVersionAsync()).ShouldBe("1.0.0");
    }

    private string PidFile => Path.Combine(_target, "greeter.pid");

    private string Url(string path) => $"http://127.0.0.1:{_port}/{path}";

    private async Task<string> RunningVersionAsync() =>
        (await _http.GetFromJsonAsync<Answer>(Url("version"), TestContext.Current.CancellationToken))!.Version;

    private async Task<(int Code, string Said)> DeployAsync(string version)
    {
        Upload(version);
        return await RunAsync("incoming/deploy.sh", _target, version, $"{_port}");
    }

    private void Upload(string version)
    {
        var incoming = Directory.CreateDirectory(Path.Combine(_target, "incoming")).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "samples", $"greeter-{version}.tar.gz"), Path.Combine(incoming, "package.tar.gz"), overwrite: true);
        Process.Start("tar", ["-xzf", Path.Combine(incoming, "package.tar.gz"), "-C", incoming, "deploy.sh"]).WaitForExit();
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", command)
        {
            WorkingDirectory = _target,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["VERSION"] = "1.0.0", ["PORT"] = $"{_port}" },
        })!;
        var said = await Task.WhenAll(shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, string.Concat(said));
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException) { } // it has ended by itself
    }

    private sealed record Answer(string Version);
}
