using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>How a configuration file is written.</summary>
public enum ConfigurationFormat
{
    /// <summary>By its name: .json, .yaml or .yml, .xml or .config, .properties, .env.</summary>
    ByName,
    Json,
    Yaml,
    Xml,
    Properties,
    Env,
}

/// <summary>What the bytes of a file mean where no byte order mark and no XML declaration says it.</summary>
public enum FileEncoding
{
    Utf8,
    Utf16,
    Latin1,
}

/// <summary>
/// Sets values inside configuration files of the release on the target. Only those values change: comments, order, indentation, line ends,
/// encoding, mode and owner stay. A number, a true or a false stays of its type. A file is replaced whole or not at all, and none is
/// touched before all can be.
/// </summary>
/// <param name="Folder">Where the files lie, below the target's directory.</param>
/// <param name="Files">What is set in which file.</param>
public sealed record ConfigureFiles(IReadOnlyList<ConfiguredFile> Files, string Folder = "current") : StepSettings
{
    [JsonIgnore]
    public override IEnumerable<string> Changes => Files.Select(file => $"the file {Folder.TrimEnd('/')}/{file.File}");
}

/// <summary>One file and what is set in it.</summary>
/// <param name="File">Path in the folder.</param>
/// <param name="Set">
/// Values by their path: <c>Logging:Level</c> or <c>/Logging/Level</c> with numbers for list items in JSON and YAML, such as
/// <c>/configuration/appSettings/add[@key='Level']/@value</c> in XML, the key in .properties and .env.
/// </param>
/// <param name="Add">True adds what is not there; else the step fails and changes nothing.</param>
/// <param name="Format">How the file is written, where its name does not say it.</param>
/// <param name="Encoding">What its bytes mean where neither a byte order mark nor an XML declaration says it.</param>
public sealed record ConfiguredFile(
    string File, IReadOnlyDictionary<string, string> Set, ConfigurationFormat Format = ConfigurationFormat.ByName, FileEncoding Encoding = FileEncoding.Utf8, bool Add = false)
{
    /// <summary>The format that the settings or the file's name say; null when neither does.</summary>
    public ConfigurationFormat? Read() => Format is not ConfigurationFormat.ByName ? Format : FormatOf(File);

    /// <summary>What a file's name says; null when it says nothing.</summary>
    public static ConfigurationFormat? FormatOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".json" => ConfigurationFormat.Json,
        ".yaml" or ".yml" => ConfigurationFormat.Yaml,
        ".xml" or ".config" => ConfigurationFormat.Xml,
        ".properties" => ConfigurationFormat.Properties,
        ".env" => ConfigurationFormat.Env,
        _ => null,
    };
}
