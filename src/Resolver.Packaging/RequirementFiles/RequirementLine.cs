using System.Text;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>One line that says something: a closed set of cases. Includes are expanded in their place and leave no
/// line.</summary>
/// <param name="File">The file that holds it, as messages name it.</param>
/// <param name="Line">The first of its lines, from 1, where backslashes join several.</param>
public abstract record RequirementLine(string File, int Line)
{
    /// <summary>Something to install, or a constraint.</summary>
    public sealed record Dependency(string File, int Line, RequirementTarget Target) : RequirementLine(File, Line)
    {
        /// <summary>Whether it only bounds versions: the line is in a file given by <c>-c</c>.</summary>
        public bool IsConstraint { get; init; }

        /// <summary>Whether it was given by <c>-e</c>.</summary>
        public bool IsEditable { get; init; }

        /// <summary>Algorithm (<c>sha256</c>, <c>sha384</c> or <c>sha512</c>) and digest, in the order written; any
        /// one of them suffices. Empty where none is given.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Hashes { get; init; } = [];

        /// <summary><c>--config-settings KEY=VALUE</c>, in the order written; a key that repeats is a list for the
        /// backend.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> ConfigSettings { get; init; } = [];

        /// <summary><c>--global-option</c>, in the order written.</summary>
        public IReadOnlyList<string> GlobalOptions { get; init; } = [];

        /// <summary>The line as a requirement file holds it.</summary>
        public override string ToString()
        {
            var text = new StringBuilder();
            text.Append(IsEditable ? $"-e {OptionText.Quote(Target.ToString())}" : Target.ToString());
            foreach (var option in GlobalOptions)
                text.Append(" --global-option ").Append(OptionText.Quote(option));
            foreach (var (key, value) in ConfigSettings)
                text.Append(" --config-settings ").Append(OptionText.Quote($"{key}={value}"));
            foreach (var (algorithm, digest) in Hashes)
                text.Append(" --hash ").Append(OptionText.Quote($"{algorithm}:{digest}"));
            return text.ToString();
        }
    }

    /// <summary>An option for the whole run, wherever it stands.</summary>
    /// <param name="Value">Null for switches.</param>
    public sealed record Setting(string File, int Line, RequirementFileOption Option, string? Value)
        : RequirementLine(File, Line)
    {
        /// <summary>The line as a requirement file holds it, with the option's long name.</summary>
        public override string ToString() =>
            OptionName.LongOf(Option) + (Value is null ? "" : " " + OptionText.Quote(Value));
    }
}
