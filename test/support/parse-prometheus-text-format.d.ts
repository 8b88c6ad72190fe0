declare module "parse-prometheus-text-format" {
  /** One family of Prometheus' text format; histograms are parsed into buckets, `count` and `sum`. */
  interface Family {
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly metrics: readonly {
      readonly value?: string;
      readonly count?: string;
      readonly labels?: Readonly<Record<string, string>>;
    }[];
  }
  export default function parse(text: string): readonly Family[];
}
