namespace DeployHub.Worker.Steps;

/// <summary>The file on the worker's machine into which a program writes what it says for the steps after it.</summary>
internal sealed class OutputFile
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"deployhub-output-{Guid.NewGuid():N}");

    private OutputFile() { }

    public static async Task<OutputFile> CreateAsync(CancellationToken cancellationToken)
    {
        var file = new OutputFile();
        await PrivateFile.WriteAsync(file._path, "", cancellationToken);
        return file;
    }

    /// <summary>The variables of the program with the one that names the file.</summary>
    public IReadOnlyDictionary<string, string> Among(IReadOnlyDictionary<string, string>? environment) =>
        new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { [SaidOutputs.Variable] = _path };

    /// <summary>One character more than may be said, at most.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path)) return "";

        using var reader = new StreamReader(_path);
        var buffer = new char[SaidOutputs.LargestFile + 1];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellationToken));
    }

    public void Delete() => File.Delete(_path);
}
