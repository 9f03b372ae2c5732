namespace DeployHub.Domain;

/// <summary>How a refusal should be understood; each door translates it once (HTTP status, form message, log level).</summary>
public enum ErrorKind
{
    Invalid,
    NotFound,
    Conflict,
    Forbidden,
}

/// <summary>An expected refusal. Bugs and broken infrastructure are exceptions; everything a user can cause is an <see cref="Error"/>.</summary>
/// <param name="Kind">How a door should answer.</param>
/// <param name="Code">Stable: a rule of the specification (<c>SOD-1</c>) or <c>noun.kebab-case</c>. Never changes once published.</param>
/// <param name="Message">One sentence that names the rule and the next best thing.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>The code when fields are wrong in ways that have no rule of their own.</summary>
    public const string InvalidInput = "invalid";

    private static readonly Dictionary<string, string[]> NoFields = []; // One instance, so that equal errors stay equal.

    /// <summary>Messages per input field; filled only for <see cref="ErrorKind.Invalid"/>.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = NoFields;

    /// <summary>Who could do it instead, in words; null when nobody could.</summary>
    public string? WhoCould { get; init; }

    public static Error Invalid(string code, string field, string message) =>
        new(ErrorKind.Invalid, code, message) { Fields = new Dictionary<string, string[]> { [field] = [message] } };

    public static Error NotFound(string noun, string key) =>
        new(ErrorKind.NotFound, $"{noun}.not-found", $"There is no {noun.Replace('-', ' ')} “{key}”.");
}

/// <summary>Lets generic code, such as a pipeline behaviour, build a failed result without knowing what success looks like.</summary>
public interface IFailable<out TSelf> where TSelf : IFailable<TSelf>
{
    Error? Error { get; }

    static abstract TSelf Failed(Error error);
}

/// <summary>Done, or refused with a reason.</summary>
public sealed class Result : IFailable<Result>
{
    public static readonly Result Success = new(null);

    private Result(Error? error) => Error = error;

    public Error? Error { get; }

    public static Result Failed(Error error) => new(error);

    public static implicit operator Result(Error error) => Failed(error);

    public T Match<T>(Func<T> onSuccess, Func<Error, T> onFailure) => Error is null ? onSuccess() : onFailure(Error);
}

/// <summary>A value, or a refusal with a reason.</summary>
public sealed class Result<TValue> : IFailable<Result<TValue>>
{
    private readonly TValue? _value;

    private Result(TValue? value, Error? error) => (_value, Error) = (value, error);

    public Error? Error { get; }

    /// <exception cref="InvalidOperationException">The result is a refusal: asking for its value is a bug.</exception>
    public TValue Value => Error is null ? _value! : throw new InvalidOperationException($"A refused result has no value: {Error.Message}");

    public static Result<TValue> Failed(Error error) => new(default, error);

    /// <summary>For a value that may be null, which no conversion can carry.</summary>
    public static Result<TValue> Succeeded(TValue value) => new(value, null);

    public static implicit operator Result<TValue>(TValue value) => new(value, null);

    public static implicit operator Result<TValue>(Error error) => Failed(error);

    public T Match<T>(Func<TValue, T> onSuccess, Func<Error, T> onFailure) => Error is null ? onSuccess(_value!) : onFailure(Error);
}
