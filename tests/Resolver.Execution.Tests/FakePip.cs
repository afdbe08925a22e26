using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Host;
using Resolver.Execution.Options;
using Resolver.Interpreters;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Tests;

/// <summary>A frontend of the tests' own that answers in milliseconds. An 'archive' is a snippet of shell that it
/// runs, with <c>$prefix</c> and <c>$site</c> set and a function <c>put NAME VERSION CONTENT</c> that installs a
/// project of one module. Where wheels are built by hooks, the snippet of a source is its <c>setup.py</c>, and the
/// interpreter runs it in place of a backend.</summary>
internal sealed class FakePip : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BuildFrontend frontend;

    public FakePip(BuildFrontend frontend = BuildFrontend.Pip)
    {
        this.frontend = frontend;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the fake frontend is a shell script");
        Script(
            "pip",
            """
            #!/bin/sh
            set -eu
            mode=$1
            for argument; do
              case $argument in --prefix=*) prefix=${argument#--prefix=};; --wheel-dir=*) wheels=${argument#--wheel-dir=};; esac
            done
            prefix=${prefix:-$TMPDIR/none}
            site="$prefix/lib/python3.11/site-packages"
            put() {
              if [ "$mode" = wheel ]; then cp "$archive" "$wheels/$1-$2-py3-none-any.whl"; exit 0; fi
              info="$1-$2.dist-info"
              mkdir -p "$site/$info"
              printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n\n' "$1" "$2" > "$site/$info/METADATA"
              printf '%s\n' "$3" > "$site/$1.py"
              printf '%s.py,,\n%s/METADATA,,\n%s/RECORD,,\n' "$1" "$info" "$info" > "$site/$info/RECORD"
            }
            shift
            for argument; do
              case $argument in -*) ;; *) archive=$argument; . "$archive";; esac
            done

            """
        );
        Script(
            "python",
            """
            #!/bin/sh
            if [ "${1:-}" = -u ]; then
              set -eu
              wheels=$(sed -n 's/.*"output":"\([^"]*\)".*/\1/p' "$3")
              answer=$4 mode=wheel prefix=$TMPDIR/none
              site="$prefix/lib/python3.11/site-packages"
              put() {
                cp setup.py "$wheels/$1-$2-py3-none-any.whl"
                printf '{"wheel": "%s"}' "$1-$2-py3-none-any.whl" > "$answer.part"
                mv "$answer.part" "$answer"
                exit 0
              }
              . ./setup.py
              exit 1
            fi
            found=
            IFS=:
            for folder in ${PYTHONPATH:-}; do
              for info in "$folder"/*.dist-info; do
                [ -d "$info" ] || continue
                base=${info##*/}; base=${base%.dist-info}
                found="$found[\"${base%-*}\", \"${base##*-}\"], "
              done
            done
            echo "resolver-listing:[$found[\"tinybuild\", \"1.0\"], [\"letter_stamp\", \"1.0\"]]"

            """
        );
        Interpreter = FakeInterpreter.In(folder.Path);
    }

    public Interpreter Interpreter { get; }

    /// <summary>Holds everything.</summary>
    public string Folder => folder.Path;

    /// <summary>Not there before the first run.</summary>
    public string Prefix => folder["a prefix"];

    public string Site => Path.Combine(Prefix, "lib", "python3.11", "site-packages");

    public string Runs => folder["runs"];

    public ExecutionOptions Options => new() { RunsFolder = Runs, BuildFrontend = frontend };

    public PipFrontend Frontend => new(folder["pip"], [], Version.Parse("23.2"));

    public PlanExecutor Executor(ExecutionOptions? options = null, InstallDestination? destination = null) =>
        new(Interpreter, Frontend, destination ?? new InstallDestination.Prefix(Prefix), options ?? Options);

    /// <summary>Writes an archive; its name decides its kind.</summary>
    public string Archive(string name, string snippet)
    {
        var path = folder[name];
        Write(path, Encoding.UTF8.GetBytes(snippet + "\n"));
        return path;
    }

    /// <summary>Writes an archive that is a zip as well, so that it is known beforehand which files it
    /// installs.</summary>
    /// <param name="files">Below the site folder.</param>
    public string Archive(string name, string snippet, IReadOnlyList<string> files)
    {
        var path = folder[name];
        using var stream = new MemoryStream();
        // The shell reads up to 'return', a reader of zips from the end.
        stream.Write(Encoding.UTF8.GetBytes(snippet + "\nreturn 0\n"));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
                zip.CreateEntry(file);
            var info = $"{Path.GetFileNameWithoutExtension(name)}.dist-info";
            using var record = new StreamWriter(zip.CreateEntry($"{info}/RECORD").Open());
            foreach (var file in files)
                record.Write($"{file},sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n"); // of nothing
            record.Write($"{info}/RECORD,,\n");
        }
        Write(path, stream.ToArray());
        return path;
    }

    private void Write(string path, byte[] content)
    {
        if (frontend == BuildFrontend.Pip || path.EndsWith(".whl", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, content);
            return;
        }
        using var packed = new GZipStream(File.Create(path), CompressionMode.Compress);
        using var tar = new TarWriter(packed);
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, "source-1.0/setup.py") { DataStream = new MemoryStream(content) }
        );
    }

    /// <summary>A path in the folder that holds everything.</summary>
    public string this[params string[] parts] => folder[parts];

    /// <summary>Every file of the prefix with its content, by path.</summary>
    public SortedDictionary<string, string> Contents() =>
        Directory.Exists(Prefix)
            ? new(
                Directory
                    .EnumerateFiles(Prefix, "*", SearchOption.AllDirectories)
                    .ToDictionary(file => Path.GetRelativePath(Prefix, file), File.ReadAllText),
                StringComparer.Ordinal
            )
            : [];

    public void Dispose() => folder.Dispose();

    private void Script(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder[name],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
