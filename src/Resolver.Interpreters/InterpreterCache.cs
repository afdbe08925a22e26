using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Resolver.Archives.Containers;
using Resolver.Archives.Files;

namespace Resolver.Interpreters;

/// <summary>Keeps what interpreters said of themselves, and knows when that is out of date: <c>FOLDER/KEY.json</c>.
/// Whole or absent, which a checksum at its end decides; safe for several processes.</summary>
/// <remarks>
/// The key is the question: the executable's path, the variables that Python and its start-up files are known to
/// read, the given directories, the kernel. With the answer are kept the states of all places that decided it, as the
/// interpreter itself named them: the executable, <c>pyvenv.cfg</c>, the C library; for what is installed every
/// folder of <c>sys.path</c>, every <c>.pth</c> file and where it leads, the metadata of every distribution. If one
/// has changed, it is asked again. What is installed is requested each time where nobody can know it from such
/// places: a finder of <c>importlib.metadata</c> that is not Python's own, a <c>sitecustomize</c> or a <c>.pth</c>
/// file that runs code which is not known.
/// </remarks>
/// <param name="folder">Null keeps nothing.</param>
public sealed class InterpreterCache(string? folder)
{
    private const int Schema = 2;
    private const int SumLength = 2 * sizeof(uint);

    // Beside all that begin with PYTHON.
    private static readonly string[] Variables =
    [
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "__PYVENV_LAUNCHER__",
        "_PYTHON_HOST_PLATFORM",
        "_PYTHON_PROJECT_BASE",
        "_PYTHON_SYSCONFIGDATA_NAME",
        "DEB_PYTHON_INSTALL_LAYOUT",
        "SETUPTOOLS_USE_DISTUTILS",
        "MACOSX_DEPLOYMENT_TARGET",
        "LD_LIBRARY_PATH",
        "LD_PRELOAD",
        "LANG",
        "LC_ALL",
    ];

    /// <summary>A question whose answer can be kept.</summary>
    /// <param name="Executable">As it was named.</param>
    /// <param name="Launchers">Files that decide which interpreter is started.</param>
    internal sealed record Question(string Key, string Executable, IReadOnlyList<string> Launchers);

    /// <summary>The question; null where its answer cannot be kept: nobody knows what decides it, or nothing is kept
    /// at all.</summary>
    internal Question? QuestionFor(string executable, IReadOnlyList<string> searchPath)
    {
        if (folder is null || InterpreterLauncher.Of(executable) is not { } launcher)
            return null;
        var text = new StringBuilder().Append(Schema).Append('\n').Append(InterpreterProbe.Script()).Append('\0');
        Add("executable", launcher.Path);
        foreach (var place in searchPath)
            Add("path", Path.GetFullPath(place));
        var variables = Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Select(each => (Name: (string)each.Key, Value: each.Value as string))
            .Where(each =>
                each.Name.StartsWith("PYTHON", StringComparison.Ordinal)
                || Variables.Contains(each.Name)
                || launcher.Variables.Any(prefix => each.Name.StartsWith(prefix, StringComparison.Ordinal))
            );
        foreach (var (name, value) in variables.OrderBy(each => each.Name, StringComparer.Ordinal))
            Add(name, value);
        // A relative entry of PYTHONPATH is another place in another folder.
        Add("folder", Environment.CurrentDirectory);
        foreach (var fact in (string[])["/proc/sys/kernel/osrelease", "/proc/sys/kernel/version"])
            Add(fact, File.Exists(fact) ? File.ReadAllText(fact) : Environment.OSVersion.VersionString);
        return new Question(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))),
            executable,
            launcher.Places
        );

        void Add(string name, string? value) => text.Append(name).Append('=').Append(value).Append('\0');
    }

    /// <summary>The answer that is kept, if it still is one; null where it is not.</summary>
    internal Interpreter? Find(Question question, bool installed)
    {
        try
        {
            var kept = File.ReadAllBytes(PathOf(question)).AsMemory();
            var text = kept[..Math.Max(0, kept.Length - SumLength)];
            if (!kept.Span[text.Length..].SequenceEqual(SumOf(text.Span)))
                return null;
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var answer = root.GetProperty("answer");
            if (installed && answer.GetProperty("asks").ValueKind != JsonValueKind.Null)
                return null;
            if (
                !AreAsTheyWere(root.GetProperty("states"))
                || installed && !AreAsTheyWere(root.GetProperty("installed_states"))
            )
                return null;
            return ProbeAnswer.Read(answer, question.Executable, installed);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return null;
        }
    }

    /// <summary>Keeps an answer, unless something that decided it was changed just now. That it cannot be kept is no
    /// reason to stop.</summary>
    /// <param name="asked">When the interpreter was about to be asked (<see cref="FileIdentity.Now"/>).</param>
    internal void Keep(Question question, string answer, long asked)
    {
        var unfinished = Path.Combine(folder!, $".{question.Key}.{Guid.NewGuid():N}");
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            // Failed start-up code may be repaired in unknown ways, so it is reported each time.
            if (root.TryGetProperty(InterpreterProbe.StartUp, out _))
                return;
            if (StatesOf([.. question.Launchers, .. Texts(root, "places")], asked) is not { Count: > 0 } states)
                return;
            // What is installed may have been changed just now, and all else stands.
            var installed = StatesOf(Texts(root, "installed_places"), asked);
            Directory.CreateDirectory(folder!);
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text))
            {
                writer.WriteStartObject();
                Write(writer, "states", states);
                Write(
                    writer,
                    "installed_states",
                    installed ?? new() { [PathOf(question)] = "changed while it was asked" }
                );
                writer.WritePropertyName("answer");
                root.WriteTo(writer);
                writer.WriteEndObject();
            }
            var bytes = text.ToArray();
            File.WriteAllBytes(unfinished, [.. bytes, .. SumOf(bytes)]);
            File.Move(unfinished, PathOf(question), overwrite: true);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }

    /// <summary>What a disk damages is no answer: eight hexadecimal digits.</summary>
    private static byte[] SumOf(ReadOnlySpan<byte> text) =>
        Encoding.ASCII.GetBytes(Crc32.Of(text).ToString("x8", CultureInfo.InvariantCulture));

    private static List<string> Texts(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(each => each.GetString()!)];

    private static Dictionary<string, string>? StatesOf(List<string> paths, long asked)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var identity = FileIdentity.Of(path);
            // As young as the steps in which its file system counts time: a change since need not show.
            if (identity?.IsSettled(asked) == false)
                return null;
            states[path] = StateOf(identity);
        }
        return states;
    }

    private static bool AreAsTheyWere(JsonElement states)
    {
        foreach (var state in states.EnumerateObject())
        {
            if (StateOf(FileIdentity.Of(state.Name)) != state.Value.GetString())
                return false;
        }
        return true;
    }

    /// <summary>What tells that what is behind a path is still what it was; <c>-</c> where there is nothing.</summary>
    private static string StateOf(FileIdentity? identity) =>
        identity is { } there ? Convert.ToHexStringLower(there.ToBytes(withDevice: true)) : "-";

    private static void Write(Utf8JsonWriter writer, string name, Dictionary<string, string> states)
    {
        writer.WriteStartObject(name);
        foreach (var (path, state) in states.OrderBy(each => each.Key, StringComparer.Ordinal))
            writer.WriteString(path, state);
        writer.WriteEndObject();
    }

    private string PathOf(Question question) => Path.Combine(folder!, question.Key + ".json");
}
