using DeployHub.Domain;
using FluentValidation;
using FluentValidation.Results;

namespace DeployHub.Features.Pipeline;

/// <summary>What input that makes no sense is refused with.</summary>
internal static class InvalidInput
{
    public static Error Error(IEnumerable<ValidationFailure> failures) => new(ErrorKind.Invalid, Domain.Error.InvalidInput, "Some of the input needs another look.")
    {
        Fields = failures.GroupBy(failure => failure.PropertyName, failure => failure.ErrorMessage).ToDictionary(field => field.Key, field => field.ToArray()),
    };

    /// <summary>For a query that is told as much as a command, with its fields named after <paramref name="name"/>; null when it makes sense.</summary>
    public static Error? Objection<T>(string name, T input, IValidator<T> validator) where T : notnull
    {
        List<ValidationFailure> failures = [.. UnstorableText.FieldsOf(input).Distinct().Select(field => new ValidationFailure(field, UnstorableText.Rule)), .. validator.Validate(input).Errors];
        foreach (var failure in failures) failure.PropertyName = $"{name}.{failure.PropertyName}";
        return failures.Count == 0 ? null : Error(failures);
    }
}
