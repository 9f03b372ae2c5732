namespace DeployHub.Features.Pipeline;

/// <summary>A field that passes on what programs say, which may hold anything: its handler takes out what cannot be stored, where a person would be asked to.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesAnyTextAttribute : Attribute;
