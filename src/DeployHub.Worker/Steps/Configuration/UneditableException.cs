namespace DeployHub.Worker.Steps.Configuration;

/// <summary>Why a file cannot be edited, as the end of a sentence that begins with its name. Never holds a value, which may be secret.</summary>
internal sealed class UneditableException(string message, int? line = null) : Exception(line is null ? message : $"{message} (line {line})");
